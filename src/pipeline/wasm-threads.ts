/** As many workers as tfjs's wasm module makes at its start. */
const POOL = 8;

/**
 * How many threads wasm takes of a machine's processors, the main one included: half, as tfjs does. Two often
 * share a core, and a page's own threads want one.
 */
export function wasmThreads(processors: number): number {
  return Math.min(POOL, Math.max(1, Math.floor(processors / 2)));
}

/** In a browser: memory can be shared only where the page is cross-origin isolated. */
export function threadsHere(): number {
  return globalThis.crossOriginIsolated ? wasmThreads(navigator.hardwareConcurrency) : 1;
}
