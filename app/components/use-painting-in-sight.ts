import { useEffect, useLayoutEffect, useRef } from 'react';
import { useApp, useAppStore } from './use-app';

/** What of the panel should be seen at least: its heading, Paint and Erase, and the brush's size; CSS px. */
const LEAST = 208;

/**
 * Where the page scrolls as one, painting begins with its panel in sight, and ends where the page was before.
 * Elsewhere the panel itself scrolls and a new one begins at its top.
 */
export function usePaintingInSight(): void {
  const store = useAppStore();
  const painting = useApp((state) => state.painting !== null);
  const before = useRef<number | null>(null); // CSS px
  useEffect(
    () =>
      store.subscribe((now, last) => {
        // here, since the panels have not changed places yet: with the shorter one the page is shorter
        if (now.painting !== null && last.painting === null) before.current = scrollY;
      }),
    [store],
  );
  useLayoutEffect(() => {
    if (painting) {
      const panel = document.querySelector('.panel'); // one of two components
      if (panel && !showsEnough(panel)) panel.scrollIntoView({ block: 'start' });
    } else if (before.current !== null) {
      scrollTo(0, before.current);
      before.current = null;
    }
  }, [painting]);
}

/** Whether its start is below what stays in place (`scroll-margin-top`), with enough of it above the window's foot. */
function showsEnough(panel: Element): boolean {
  const { top } = panel.getBoundingClientRect();
  return top >= parseFloat(getComputedStyle(panel).scrollMarginTop) && top + LEAST <= innerHeight;
}
