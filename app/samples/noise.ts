/** Smooth value noise and its sum over octaves, for drawn sample photos. Deterministic. */

function hash(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 374761393) ^ Math.imul(y, 668265263) ^ Math.imul(seed, 2246822519);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

const mix = (a: number, b: number, t: number): number => a + (b - a) * t;
const smooth = (t: number): number => t * t * (3 - 2 * t);

/** In 0..1, one feature per unit. */
export function noise(x: number, y: number, seed = 1): number {
  const [i, j] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [smooth(x - i), smooth(y - j)];
  const row = (at: number): number => mix(hash(i, at, seed), hash(i + 1, at, seed), u);
  return mix(row(j), row(j + 1), v);
}

/** Noise of ever finer features, in 0..1. */
export function clouds(x: number, y: number, seed = 1, octaves = 5): number {
  let [sum, weight, total] = [0, 1, 0];
  for (let octave = 0; octave < octaves; octave++) {
    sum += weight * noise(x * 2 ** octave, y * 2 ** octave, seed + octave);
    total += weight;
    weight /= 2;
  }
  return sum / total;
}
