import { add, diag, maximum, minimum, sub, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { diagonalOf, type Statistics } from '../norm';

/** Colours of a monochrome photo stay this near to one line, rms; its grain and its scanner move them by less. */
const NOISE = 5 / 255;

/** Pixels that are looked at, about, evenly spread. */
const SAMPLE = 300_000;

/** A pixel farther than this from the line has a colour of its own … */
const COLOURED = 24 / 255;

/** … and so many of them, as a share of all, make a colour photo. */
const FEW = 1e-3;

/**
 * Whether a photo is monochrome: its colours lie on one line, grey or toned, but for noise. Of toned scans
 * they stray from it by 1 to 3 of 255 (rms) while they spread by 70 along it; of photos in colour, by 30 and more.
 * @param rgb [H * W * 3], sRGB in 0..1
 */
export function isMonochrome(rgb: Float32Array): boolean {
  const step = 3 * Math.max(1, Math.floor(rgb.length / 3 / SAMPLE));
  const { mean, axis } = colourLine(rgb, step);
  let [seen, squares, coloured] = [0, 0, 0];
  for (let i = 0; i < rgb.length; i += step, seen++) {
    const red = (rgb[i] ?? 0) - mean[0];
    const green = (rgb[i + 1] ?? 0) - mean[1];
    const blue = (rgb[i + 2] ?? 0) - mean[2];
    const along = red * axis[0] + green * axis[1] + blue * axis[2];
    const away = Math.max(0, red * red + green * green + blue * blue - along * along); // squared distance
    squares += away;
    if (away > COLOURED ** 2) coloured++;
  }
  return squares <= seen * NOISE ** 2 && coloured <= seen * FEW;
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

type Colour = readonly [red: number, green: number, blue: number];

/** The line that the colours lie along: their mean, and the direction in which they vary most. */
function colourLine(rgb: Float32Array, step: number): { mean: Colour; axis: Colour } {
  let [seen, r, g, b, rr, rg, rb, gg, gb, bb] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < rgb.length; i += step, seen++) {
    const [red, green, blue] = [rgb[i] ?? 0, rgb[i + 1] ?? 0, rgb[i + 2] ?? 0];
    r += red;
    g += green;
    b += blue;
    rr += red * red;
    rg += red * green;
    rb += red * blue;
    gg += green * green;
    gb += green * blue;
    bb += blue * blue;
  }
  const between = (products: number, one: number, other: number): number => products - (one * other) / seen;
  const rows = [
    [between(rr, r, r), between(rg, r, g), between(rb, r, b)],
    [between(rg, r, g), between(gg, g, g), between(gb, g, b)],
    [between(rb, r, b), between(gb, g, b), between(bb, b, b)],
  ] as const;
  const grey = 1 / Math.sqrt(3);
  let axis: Colour = [grey, grey, grey]; // where every photo begins
  for (let step = 0; step < 32; step++) {
    const [x, y, z] = axis;
    const [u, v, w] = rows.map(([p, q, s]) => p * x + q * y + s * z) as [number, number, number]; // the power method
    const length = Math.hypot(u, v, w);
    if (length < 1e-9 * seen) break; // one colour
    axis = [u / length, v / length, w / length];
  }
  return { mean: [r / seen, g / seen, b / seen], axis };
}
