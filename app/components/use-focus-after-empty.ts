import { useEffect, useRef, type RefObject } from 'react';
import { useApp } from './use-app';

/** Moves the focus to the stage when the first photo has replaced the empty page, and with it the button that had it. */
export function useFocusAfterEmpty(area: RefObject<HTMLElement | null>): void {
  const hasPhoto = useApp((state) => state.photo !== null);
  const opening = useApp((state) => state.opening === 'photo');
  const wasEmpty = useRef(false); // not while the page's first photo is on its way
  useEffect(() => {
    if (!hasPhoto) {
      if (!opening) wasEmpty.current = true;
      return;
    }
    const lost = document.activeElement === document.body;
    if (wasEmpty.current && lost) area.current?.querySelector<HTMLElement>('.stage')?.focus();
    wasEmpty.current = false;
  }, [area, hasPhoto, opening]);
}
