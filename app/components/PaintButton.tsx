import { Brush } from 'lucide-react';
import { paintedOf } from '../store/regions-slice';
import { useApp, useAppStore } from './use-app';

/** Begins painting regions, and ends it. */
export function PaintButton() {
  const store = useAppStore();
  const painting = useApp((state) => state.painting !== null);
  const ready = useApp((state) => state.style !== null);
  const painted = useApp((state) => paintedOf(state).length);
  return (
    <button
      type="button"
      className="button"
      aria-pressed={painting}
      disabled={!ready}
      aria-label={painted === 0 ? 'Paint regions' : `Paint regions: ${painted} in the picture`}
      data-painted={painted > 0}
      title="Paint regions: a style here, another there"
      onClick={() => store.getState().paint(!painting)}
    >
      <Brush /> <span className="wide-only">Paint</span>
    </button>
  );
}
