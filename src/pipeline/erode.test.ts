import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../norm/test-kit';
import { eroded, REACH } from './erode';

/** As the definition says. */
function slowly(shares: Float32Array, width: number, height: number): number[] {
  return Array.from(shares, (_, p) => {
    const [row, column] = [Math.floor(p / width), p % width];
    let least = 1;
    for (let y = Math.max(0, row - REACH); y <= Math.min(height - 1, row + REACH); y++) {
      for (let x = Math.max(0, column - REACH); x <= Math.min(width - 1, column + REACH); x++)
        least = Math.min(least, shares[y * width + x] ?? 1);
    }
    return least;
  });
}

describe('a region without its edge', () => {
  it.each([
    [1, 1],
    [1, 40],
    [50, 3],
    [17, 17],
    [37, 52],
  ])('[ER1] has of each pixel the least share around it: %i x %i', (width, height) => {
    const random = randomNumbers(width);
    const shares = Float32Array.from({ length: width * height }, () => (random() < 0.01 ? random() : 1));
    expect([...eroded(shares, { width, height })]).toEqual(slowly(shares, width, height));
  });

  it('[ER2] is the region where it fills the picture, and nothing where it is thin', () => {
    const size = { width: 60, height: 40 };
    const full = new Float32Array(60 * 40).fill(0.5);
    expect(eroded(full, size)).toEqual(full);
    const line = full.map((_, p) => (p % 60 > 20 && p % 60 < 20 + 2 * REACH ? 1 : 0));
    expect(Math.max(...eroded(line, size))).toBe(0);
  });
});
