import { Picture } from './Picture';
import { PlainDialog, type PlainDialogProps } from './PlainDialog';
import { setupWords } from './setup-words';
import { useApp, useAppStore } from './use-app';

/** Earlier results, photo by photo; each brings back its photo and how it was made. */
export function ResultsDialog({ open, home, onClose }: Omit<PlainDialogProps, 'title' | 'children'>) {
  const store = useAppStore();
  const results = useApp((state) => state.results);
  const photos = [...new Set(results.map(({ photo }) => photo.blob))];
  return (
    <PlainDialog title="Earlier results" open={open} home={home} onClose={onClose}>
      {results.length === 0 && (
        <p className="note">Every finished picture will be here for as long as this page is open.</p>
      )}
      {photos.map((blob) => {
        const own = results.filter(({ photo }) => photo.blob === blob);
        const name = own[0]?.photo.name ?? '';
        return (
          <section key={own.at(-1)?.id} className="results-of" aria-label={`Results of ${name}`}>
            {photos.length > 1 && <h3>{name}</h3>}
            <ul className="results">
              {own.map(({ id, thumbnail, setup }, k) => {
                const words = setupWords(setup);
                return (
                  <li key={id}>
                    <button
                      type="button"
                      className="past"
                      aria-label={`Result ${own.length - k}: ${words}`}
                      onClick={() => {
                        void store.getState().returnTo(id);
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
          </section>
        );
      })}
    </PlainDialog>
  );
}
