import { useEffect, useState } from 'react';

/** How long it says what was done. */
const SAID_MS = 6000;

/** A short sentence that goes by itself: what is said now, and how to say another. */
export function useSaid(): readonly [said: string, say: (sentence: string) => void] {
  const [said, say] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => say(''), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return [said, say];
}
