import { CELL } from '../../app/models/features';
import type { Size } from './size';

/** Pixels from a region's edge inwards: there a feature, which sees 10 px, hears most of what lies outside. */
export const REACH = 2 * CELL;

const WINDOW = 2 * REACH + 1;

/**
 * A region without its edge: of each pixel the least share of all within REACH, a square's width. The picture's
 * own border is no edge.
 * @param shares [H * W], 0..1
 * @returns new shares
 *
 * Source: van Herk 1992, "A fast algorithm for local minimum and maximum filters on rectangular and octagonal
 * kernels": three comparisons a value, whatever the window.
 */
export function eroded(shares: Float32Array, { width, height }: Size): Float32Array {
  const least = alongLines(Math.max(width, height));
  const along = new Float32Array(shares.length);
  for (let y = 0; y < height; y++) least(shares, along, y * width, 1, width);
  const both = new Float32Array(shares.length);
  for (let x = 0; x < width; x++) least(along, both, x, width, height);
  return both;
}

/** The least value of the window around each place of a line, beyond whose ends everything is 1. */
function alongLines(longest: number) {
  const room = longest + 2 * WINDOW;
  const [ahead, behind] = [new Float32Array(room), new Float32Array(room)];
  return (from: Float32Array, to: Float32Array, start: number, step: number, length: number): void => {
    const end = Math.ceil((length + 2 * REACH) / WINDOW) * WINDOW; // whole blocks of a window
    const at = (i: number): number =>
      i < REACH || i >= REACH + length ? 1 : (from[start + (i - REACH) * step] ?? 1);
    for (let i = 0; i < end; i++) ahead[i] = i % WINDOW === 0 ? at(i) : Math.min(ahead[i - 1] ?? 1, at(i));
    for (let i = end - 1; i >= 0; i--)
      behind[i] = i % WINDOW === WINDOW - 1 ? at(i) : Math.min(behind[i + 1] ?? 1, at(i));
    for (let i = 0; i < length; i++)
      to[start + i * step] = Math.min(behind[i] ?? 1, ahead[i + WINDOW - 1] ?? 1);
  };
}
