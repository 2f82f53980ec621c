import { Picture } from './Picture';
import { PlainDialog } from './PlainDialog';
import { useApp, useAppStore } from './use-app';

/** Earlier results of this photo; each brings back how it was made. */
export function ResultsDialog({ open, onClose }: { readonly open: boolean; onClose(): void }) {
  const store = useAppStore();
  const results = useApp((state) => state.results);
  return (
    <PlainDialog title="Earlier results" open={open} onClose={onClose}>
      {results.length === 0 ? (
        <p className="note">Every finished picture of this photo will be here.</p>
      ) : (
        <ul className="results">
          {results.map(({ id, thumbnail, setup: { settings } }, k) => {
            const words = `${settings.norm.toUpperCase()}, ${Math.round(settings.strength * 100)} %`;
            return (
              <li key={id}>
                <button
                  type="button"
                  className="past"
                  aria-label={`Result ${results.length - k}: ${words}`}
                  onClick={() => {
                    store.getState().returnTo(id);
                    onClose();
                  }}
                >
                  <Picture image={thumbnail} name="" />
                  <span className="note">{words}</span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </PlainDialog>
  );
}
