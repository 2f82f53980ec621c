import { mixOf } from '../store/mix-slice';
import { styleName } from '../store/style';
import type { Tracked } from '../store/undo-slice';
import { Picture } from './Picture';
import { NORMS } from './sentences';
import { PlainDialog } from './PlainDialog';
import { useApp, useAppStore } from './use-app';

/** The styles in it, the norm and the strength. */
function wordsOf(setup: Tracked): string {
  const { norm, strength } = setup.settings;
  const painted = setup.regions.flatMap(({ mask, styles }) => (mask ? styles : []));
  const shown = painted.length > 0 && setup.unpainted === 'photo' ? painted : [...mixOf(setup), ...painted];
  const names = [...new Set(shown.map(({ style }) => styleName(style)))].join(', ');
  return `${names}, ${NORMS.find(({ id }) => id === norm)?.name ?? ''} ${Math.round(strength * 100)} %`;
}

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
          {results.map(({ id, thumbnail, setup }, k) => {
            const words = wordsOf(setup);
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
