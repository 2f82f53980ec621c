import { Brush } from 'lucide-react';
import { useApp, useAppStore } from './use-app';

/** Begins painting regions, and ends it. */
export function PaintButton() {
  const store = useAppStore();
  const painting = useApp((state) => state.painting !== null);
  const ready = useApp((state) => state.style !== null);
  return (
    <button
      type="button"
      className="button"
      aria-pressed={painting}
      disabled={!ready}
      aria-label="Paint regions"
      title="Paint regions: a style here, another there"
      onClick={() => store.getState().paint(!painting)}
    >
      <Brush /> <span className="wide-only">Paint</span>
    </button>
  );
}
