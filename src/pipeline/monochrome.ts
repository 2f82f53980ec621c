import { add, diag, maximum, minimum, sub, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { diagonalOf, type Statistics } from '../norm';
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

/**
 * Statistics of a monochrome photo as if it had colours. In channels that tell colours such a photo has only what
 * of its lightness leaks into them; brought to the spread that a style's colours have there, the leak becomes red
 * and orange fringes along edges. The norms are told of a spread that the average photo's colours would give,
 * as far as the style's goes: the leak then keeps the size that it has in photos in colour.
 *
 *     covariance + diag(min(colour, max(0, style - diag covariance)))
 *
 * @param content left alive
 * @param style   variances [C] that the channels will be given, left alive
 * @param colour  variances [C] that colours bring on average, left alive
 * @returns       new statistics; the caller disposes them
 */
export function asIfColoured(content: Statistics, style: Tensor1D, colour: Tensor1D): Statistics {
  const { count, mean, covariance } = content;
  return tidy(() => {
    const more = minimum<Tensor1D>(colour, maximum(0, sub(style, diagonalOf(covariance))));
    return { count, mean: mean.clone() as Tensor1D, covariance: add<Tensor2D>(covariance, diag(more)) };
  });
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
