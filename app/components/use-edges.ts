import { useCallback, useRef, useState } from 'react';

/** Whether more lies beyond the left and the right edge of what scrolls sideways. */
export interface Edges {
  readonly left: boolean;
  readonly right: boolean;
}

/** Give `ref` to the element that scrolls. */
export function useEdges(): readonly [ref: (element: HTMLElement | null) => void, edges: Edges] {
  const [edges, setEdges] = useState<Edges>({ left: false, right: false });
  const last = useRef(edges);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const look = (): void => {
      const { scrollLeft, clientWidth, scrollWidth } = element;
      const now = { left: scrollLeft > 1, right: scrollLeft + clientWidth < scrollWidth - 1 };
      if (now.left === last.current.left && now.right === last.current.right) return;
      setEdges((last.current = now));
    };
    const resized = new ResizeObserver(look);
    for (const one of [element, ...element.children]) resized.observe(one);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  return [ref, edges];
}
