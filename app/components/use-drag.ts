import { useRef, useState } from 'react';

/**
 * A Radix slider's drag: frames while a pointer holds the thumb, and one end, also where the thumb came back to where
 * it began, of which Radix says nothing. Keys have an end alone.
 * @returns where the thumb is while it is held, else null; and what the slider is to be given
 */
export function useDrag(onDrag: (value: number) => void, onSettle: (value: number) => void) {
  const held = useRef(false);
  const [dragged, setDragged] = useState<number | null>(null);

  function release(at: number): void {
    held.current = false;
    setDragged(null);
    onSettle(at);
  }

  const handlers = {
    onPointerDown: () => void (held.current = true),
    onValueChange: ([next]: readonly number[]) => {
      if (!held.current || next === undefined) return; // a key: the commit says it all, and comes first
      setDragged(next);
      onDrag(next);
    },
    onValueCommit: ([next]: readonly number[]) => next !== undefined && release(next),
    onPointerUp: () => queueMicrotask(() => held.current && dragged !== null && release(dragged)),
  };
  return [dragged, handlers] as const;
}
