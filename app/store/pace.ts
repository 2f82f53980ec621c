import type { StageTimes } from '../../src/pipeline/request';

/** How fast this device is, learned from what it made. */
export interface Pace {
  learn(pixels: number, times: StageTimes): void;
  /** `fresh`: the photo has to be read too. Infinity until something was learned. */
  expectedMs(pixels: number, fresh: boolean): number;
}

/** Smaller pictures are mostly overhead, and say nothing of large ones, px. */
const LEAST_PIXELS = 64 * 64;

/** Below this a time is too coarse to learn from, ms; a stage that a cache answered takes none. */
const LEAST_MS = 1;

export function createPace(): Pace {
  let readMs = Infinity; // a pixel
  let paintMs = Infinity; // a pixel
  return {
    learn(pixels, { encoding, normalising, decoding }) {
      if (pixels < LEAST_PIXELS) return;
      if (encoding > LEAST_MS) readMs = encoding / pixels;
      if (decoding > LEAST_MS) paintMs = (normalising + decoding) / pixels;
    },
    expectedMs: (pixels, fresh) => pixels * (fresh ? readMs + paintMs : paintMs),
  };
}
