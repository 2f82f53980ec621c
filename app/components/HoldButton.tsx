import { Eye } from 'lucide-react';
import { useApp, useAppStore } from './use-app';

/** Shows the photo while held, by pointer or key. */
export function HoldButton() {
  const store = useAppStore();
  const shows = useApp((state) => state.showsOriginal);
  const hold = (on: boolean) => () => store.getState().holdOriginal(on);
  return (
    <button
      type="button"
      className="button"
      aria-label="Hold for the original"
      aria-pressed={shows}
      onPointerDown={hold(true)}
      onPointerUp={hold(false)}
      onPointerLeave={hold(false)}
      onPointerCancel={hold(false)}
      onBlur={hold(false)}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={({ key }) => (key === ' ' || key === 'Enter') && store.getState().holdOriginal(true)}
      onKeyUp={hold(false)}
    >
      <Eye /> <span className="wide-only">Original</span>
    </button>
  );
}
