/** As many workers as tfjs's wasm module makes at its start. */
const POOL = 8;

/**
 * How many threads wasm takes of a machine's processors, the main one included: half, as tfjs does, since two
 * often share a core; but both of two (docs/decisions.md).
 */
export function wasmThreads(processors: number): number {
  return Math.min(POOL, Math.max(Math.floor(processors / 2), Math.min(processors, 2)));
}

/** In a browser: memory can be shared only where the page is cross-origin isolated. */
export function threadsHere(): number {
  return globalThis.crossOriginIsolated ? wasmThreads(navigator.hardwareConcurrency) : 1;
}

/** Starts tfjs in a browser; it asks how many processors there are and takes half, so it hears of twice as many. */
export async function hearingOfTwice<T>(threads: number, begin: () => Promise<T>): Promise<T> {
  if (threads === 1 || !('navigator' in globalThis)) return begin(); // Node has its own way: cli/wasm-threads.ts
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 * threads, configurable: true });
  try {
    return await begin();
  } finally {
    Reflect.deleteProperty(navigator, 'hardwareConcurrency'); // the browser's own shows again
  }
}
