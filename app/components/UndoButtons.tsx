import { Redo2, Undo2 } from 'lucide-react';
import { useApp, useAppStore } from './use-app';

/** Without anything to undo they say so, but keep the focus that the last step left there. */
export function UndoButtons() {
  const store = useAppStore();
  const canUndo = useApp((state) => state.canUndo || state.wayBack !== null);
  const canRedo = useApp((state) => state.canRedo);
  const { undo, redo } = store.getState();
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label="Undo"
        title="Undo"
        aria-disabled={!canUndo}
        onClick={() => canUndo && undo()}
      >
        <Undo2 />
      </button>
      <button
        type="button"
        className="icon-button wide-only"
        aria-label="Redo"
        title="Redo"
        aria-disabled={!canRedo}
        onClick={() => canRedo && redo()}
      >
        <Redo2 />
      </button>
    </>
  );
}
