import { opaque, type Pixels } from './pixels';

/** Colours of a monochrome photo stay this near to one line, rms; its grain and its scanner move them by less. */
const NOISE = 5 / 255;

/** A pixel farther than this from the line has a colour of its own … */
const COLOURED = 24 / 255;

/** … and so many of them, as a share of all, make a colour photo. */
const FEW = 1e-3;

/**
 * Whether a photo is monochrome: its colours lie on one line, grey or toned, but for noise. Of toned scans
 * they stray from it by 1 to 3 of 255 (rms) while they spread by 70 along it; of photos in colour, by 30 and more.
 */
export function isMonochrome(pixels: Pixels): boolean {
  const known = answers.get(pixels);
  if (known !== undefined) return known;
  const answer = onOneLine(opaque(pixels));
  answers.set(pixels, answer);
  return answer;
}

const answers = new WeakMap<Pixels, boolean>();

function onOneLine(rgb: Float32Array): boolean {
  const { mean, axis } = colourLine(rgb);
  let [squares, coloured] = [0, 0];
  for (let i = 0; i < rgb.length; i += 3) {
    const off = [0, 1, 2].map((c) => (rgb[i + c] ?? 0) - (mean[c] ?? 0));
    const away = Math.max(0, dot(off, off) - dot(off, axis) ** 2); // squared distance from the line
    squares += away;
    if (away > COLOURED ** 2) coloured++;
  }
  const pixels = rgb.length / 3;
  return squares <= pixels * NOISE ** 2 && coloured <= pixels * FEW;
}

/** The line that the colours lie along: their mean, and the direction in which they vary most. */
function colourLine(rgb: Float32Array): { mean: readonly number[]; axis: readonly number[] } {
  const pixels = rgb.length / 3;
  const mean = [0, 0, 0];
  for (let i = 0; i < rgb.length; i++) mean[i % 3] = (mean[i % 3] ?? 0) + (rgb[i] ?? 0) / pixels;
  const covariance = [0, 0, 0].map(() => [0, 0, 0]);
  for (let i = 0; i < rgb.length; i += 3) {
    for (let a = 0; a < 3; a++) {
      for (let b = 0; b < 3; b++) {
        const row = covariance[a] ?? [];
        const product = ((rgb[i + a] ?? 0) - (mean[a] ?? 0)) * ((rgb[i + b] ?? 0) - (mean[b] ?? 0));
        row[b] = (row[b] ?? 0) + product / pixels;
      }
    }
  }
  let axis: readonly number[] = [1, 1, 1].map((v) => v / Math.sqrt(3)); // grey, where every photo begins
  for (let step = 0; step < 32; step++) {
    const next = covariance.map((row) => dot(row, axis)); // the power method
    const length = Math.sqrt(dot(next, next));
    if (length === 0) break; // one colour
    axis = next.map((v) => v / length);
  }
  return { mean, axis };
}

function dot(a: readonly number[], b: readonly number[]): number {
  return (a[0] ?? 0) * (b[0] ?? 0) + (a[1] ?? 0) * (b[1] ?? 0) + (a[2] ?? 0) * (b[2] ?? 0);
}
