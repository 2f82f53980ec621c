import { Redo2, Undo2 } from 'lucide-react';
import { useApp, useAppStore } from './use-app';

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
        disabled={!canUndo}
        onClick={undo}
      >
        <Undo2 />
      </button>
      <button
        type="button"
        className="icon-button wide-only"
        aria-label="Redo"
        title="Redo"
        disabled={!canRedo}
        onClick={redo}
      >
        <Redo2 />
      </button>
    </>
  );
}
