import { useSyncExternalStore } from 'react';

/** Narrow or low windows, where the page scrolls as one; app/styles/phone.css begins with the same words. */
const pageScrolls = matchMedia('(width <= 820px), (height <= 500px)');

function subscribe(onChange: () => void): () => void {
  pageScrolls.addEventListener('change', onChange);
  return () => pageScrolls.removeEventListener('change', onChange);
}

/** Whether the page scrolls as one, and not the panel and the wall each in its own place. */
export const usePageScrolls = (): boolean => useSyncExternalStore(subscribe, () => pageScrolls.matches);
