/** A promise that is made when it is first asked for, and kept; after a rejection the next call tries again. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    if (made) return made;
    const mine = (made = make());
    mine.catch(() => (made = undefined)); // the caller hears of it
    return mine;
  };
}
