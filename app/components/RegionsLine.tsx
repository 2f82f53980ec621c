import { paintedOf, takesStyles } from '../store/regions-slice';
import { useApp, useAppStore } from './use-app';

/** Under the styles, once something is painted: why a style may not show, and the way to it. */
export function RegionsLine() {
  const store = useAppStore();
  const count = useApp((state) => paintedOf(state).length);
  const comparing = useApp((state) => state.comparing);
  const painting = useApp((state) => state.painting !== null);
  const overPhoto = useApp((state) => state.unpainted === 'photo');
  if (count === 0 || (painting && !comparing)) return null;
  if (comparing) return <p className="regions-line note">Compare leaves the painted regions out.</p>;
  const { paint, change } = store.getState();
  return (
    <div className="regions-line" role="group" aria-label="Painted regions">
      <p className="note">{regionsWords(count, overPhoto)}</p>
      <button type="button" className="button" aria-label="Edit the regions" onClick={() => paint(true)}>
        Edit
      </button>
      <button
        type="button"
        className="button"
        aria-label={count === 1 ? 'Remove the region' : 'Remove the regions'}
        onClick={({ currentTarget }) => {
          currentTarget.closest('.strip')?.querySelector<HTMLElement>('[data-state=on]')?.focus(); // this line goes
          const only = takesStyles(store.getState()); // it has the style that was chosen last: the picture keeps it
          const [first, ...others] = only?.styles ?? [];
          change({ regions: [], ...(first && { style: first.style, others }) }, false);
        }}
      >
        Remove
      </button>
    </div>
  );
}

function regionsWords(count: number, overPhoto: boolean): string {
  if (count > 1)
    return `${count} regions have their own styles${overPhoto ? '; the rest is the photo' : ''}.`;
  return overPhoto
    ? 'One region is painted, and takes the style you choose; the rest is the photo.'
    : 'One region has its own style.';
}
