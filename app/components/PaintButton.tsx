import { Brush } from 'lucide-react';
import { useRef } from 'react';
import { paintedOf } from '../store/regions-slice';
import { useApp, useAppStore } from './use-app';
import { useFocusAfter } from './use-focus-after';

/** Begins painting regions, and ends it. */
export function PaintButton() {
  const store = useAppStore();
  const painting = useApp((state) => state.painting !== null);
  const ready = useApp((state) => state.style !== null);
  const painted = useApp((state) => paintedOf(state).length);
  const button = useRef<HTMLButtonElement>(null);
  useFocusAfter(painting, () => (painting ? null : button.current)); // Done has gone
  return (
    <button
      ref={button}
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
