import { useEffect, useState } from 'react';
import { useApp, useAppStore } from './use-app';

/** How long it says what was done. */
const SAID_MS = 6000;

/** What was done with the photo's pictures, for a while: what is said now, and how to say another. */
export function useSaid(): readonly [said: string, say: (words: string) => void] {
  const store = useAppStore();
  const photo = useApp((state) => state.photo);
  const [last, setLast] = useState({ words: '', photo });
  useEffect(() => {
    if (last.words === '') return;
    const timer = setTimeout(() => setLast({ words: '', photo: null }), SAID_MS);
    return () => clearTimeout(timer);
  }, [last]);
  const said = last.photo === photo ? last.words : ''; // another photo is not saved yet
  return [said, (words) => setLast({ words, photo: store.getState().photo })];
}
