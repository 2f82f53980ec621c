import { describe, expect, it, vi } from 'vitest';
import { randomNumbers } from '../norm/test-kit';
import { calmNoise } from './calm-noise';

const go = async (): Promise<void> => undefined;
const REACH = 6;
const NOISE = 4 / 255;

/** The definition, window by window, in float64. */
function reference(rgb: Float32Array, width: number, height: number): number[] {
  const windowOf = (i: number): number[] => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const all: number[] = [];
    for (let v = Math.max(0, y - REACH); v <= Math.min(height - 1, y + REACH); v++) {
      for (let u = Math.max(0, x - REACH); u <= Math.min(width - 1, x + REACH); u++) all.push(v * width + u);
    }
    return all;
  };
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const cells = Array.from({ length: width * height }, (_, i) => i);
  const fitted = cells.map((i) => {
    const inside = windowOf(i);
    const m = [0, 1, 2].map((c) => mean(inside.map((j) => rgb[3 * j + c] ?? NaN)));
    const v = mean(inside.flatMap((j) => m.map((mc, c) => ((rgb[3 * j + c] ?? NaN) - mc) ** 2)));
    const a = v / (v + NOISE ** 2);
    return { a, b: m.map((mc) => (1 - a) * mc) };
  });
  return cells.flatMap((i) => {
    const inside = windowOf(i).map((j) => fitted[j]);
    const a = mean(inside.map((one) => one?.a ?? NaN));
    return [0, 1, 2].map((c) => a * (rgb[3 * i + c] ?? NaN) + mean(inside.map((one) => one?.b[c] ?? NaN)));
  });
}

const noisy = (count: number, level: number, amplitude: number): Float32Array => {
  const next = randomNumbers(7);
  return Float32Array.from({ length: count * 3 }, () => level + amplitude * next());
};
const spread = (values: Float32Array): number => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length);
};

describe('noise in flat parts', () => {
  it.each([[1, 1], [1, 7], [9, 1], [3, 5], [8, 8], [23, 17], [12, 40]])(
    '[CN1] is calmed as the definition says, window by window: %i x %i',
    async (width, height) => {
      const rgb = noisy(width * height, 0.5, 0.03);
      const want = reference(rgb, width, height);
      await calmNoise(rgb, { width, height }, go);
      expect(Math.max(...want.map((v, i) => Math.abs(v - (rgb[i] ?? NaN))))).toBeLessThan(1e-6);
    },
  ); // prettier-ignore

  it('[CN2] of 1 of 255 falls to a fifth and less', async () => {
    const rgb = noisy(64 * 64, 0.6, 1.7 / 255);
    const before = spread(rgb);
    await calmNoise(rgb, { width: 64, height: 64 }, go);
    expect(spread(rgb)).toBeLessThan(before / 5);
  });

  it('[CN3] leaves edges and texture', async () => {
    const size = { width: 64, height: 64 };
    const edge = Float32Array.from({ length: 64 * 64 * 3 }, (_, i) =>
      Math.floor(i / 3) % 64 < 32 ? 0.2 : 0.8,
    );
    const before = edge.slice();
    await calmNoise(edge, size, go);
    expect(Math.max(...edge.map((v, i) => Math.abs(v - (before[i] ?? NaN))))).toBeLessThan(2 / 255);
    const texture = noisy(64 * 64, 0.5, 0.2);
    const strong = texture.slice();
    await calmNoise(texture, size, go);
    expect(spread(texture.map((v, i) => v - (strong[i] ?? NaN)))).toBeLessThan(0.05 * spread(strong));
  });

  it('[CN4] stops where it is told to', async () => {
    const stop = vi.fn(async () => {
      throw new Error('stopped');
    });
    const size = { width: 1000, height: 600 };
    await expect(calmNoise(new Float32Array(1_800_000), size, stop)).rejects.toThrow('stopped');
    expect(stop).toHaveBeenCalledOnce();
  });
});
