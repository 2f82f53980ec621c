/** Ticks without a word after which a worker counts as dead: 15 to 20 s. A layer takes well under one. */
const PATIENCE = 4;
const TICK_MS = 5000;

export interface Watchdog {
  /** A message came: the worker lives. */
  heard(): void;
  stop(): void;
}

/**
 * Notices a worker that hangs, or that the browser ended without a word (as some do when memory runs out).
 * Counts its own ticks, not the clock: a machine that slept is not a worker that hung.
 * @param expecting whether a word is due; a worker with nothing to do may be silent
 * @param ask has the worker say something; it hears between two layers
 */
export function watch(expecting: () => boolean, ask: () => void, dead: () => void): Watchdog {
  let silent = 0;
  const timer = setInterval(() => {
    if (!expecting()) return void (silent = 0);
    if (++silent < PATIENCE) return ask();
    clearInterval(timer);
    dead();
  }, TICK_MS);
  return {
    heard: () => void (silent = 0),
    stop: () => clearInterval(timer),
  };
}
