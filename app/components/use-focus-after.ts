import { useEffect, useRef } from 'react';

/** After a menu has gone and given the focus to its button, which may be gone, too. */
const MENUS_CLOSE_MS = 50;

/**
 * The focus does not stay lost: when `state` changes, and what had the focus went with it, `heir` gets it.
 * @param heir looked for after menus and dialogs have tried to give the focus back; null when nothing went
 */
export function useFocusAfter(state: unknown, heir: () => HTMLElement | null | undefined): void {
  const known = useRef(state);
  useEffect(() => {
    if (known.current === state) return undefined;
    known.current = state;
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) heir()?.focus();
    }, MENUS_CLOSE_MS);
    return () => clearTimeout(timer);
  }, [state]);
}
