import type { Pixels } from './pixels';

/** How far colours are carried into what is transparent, px: as far as a window of local-maps.ts looks, and a cubic. */
const REACH = 8;

/**
 * A picture whose colours go on behind what is fully transparent: there a browser keeps no colour, and black
 * would leave a dark rim where pixels are put together from neighbours. Each pixel takes the mean of those
 * beside it that have a colour, and gives it on. Its alpha stays.
 */
export function withoutHoles(pixels: Pixels): Pixels {
  const { width, height } = pixels;
  const known = new Uint8Array(width * height);
  let rim: number[] = []; // that may get a colour in this round
  for (let p = 0; p < known.length; p++) {
    if ((pixels.data[4 * p + 3] ?? 0) > 0) known[p] = 1;
    else rim.push(p);
  }
  if (rim.length === 0 || rim.length === known.length) return pixels;
  const data = new Uint8ClampedArray(pixels.data);
  for (let round = 0; round < REACH && rim.length > 0; round++) {
    const rest: number[] = [];
    const reached: number[] = [];
    for (const p of rim) (takeFrom(data, known, p, width, height) ? reached : rest).push(p);
    for (const p of reached) known[p] = 1; // seen by the next round only
    rim = rest;
  }
  return { width, height, data };
}

/** Gives a pixel the mean colour of its known neighbours. Says whether there are any. */
function takeFrom(data: Uint8ClampedArray, known: Uint8Array, p: number, width: number, height: number) {
  const x = p % width;
  const y = Math.floor(p / width);
  let count = 0;
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
    for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
      const q = v * width + u;
      if (known[q] !== 1) continue;
      count++;
      red += data[4 * q] ?? 0;
      green += data[4 * q + 1] ?? 0;
      blue += data[4 * q + 2] ?? 0;
    }
  }
  if (count === 0) return false;
  data[4 * p] = red / count;
  data[4 * p + 1] = green / count;
  data[4 * p + 2] = blue / count;
  return true;
}
