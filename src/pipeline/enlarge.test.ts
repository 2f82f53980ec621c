import { describe, expect, it } from 'vitest';
import { enlarge } from './enlarge';
import type { Pixels } from './pixels';
import { largeSize, PIXEL_LIMIT } from './size';
import { colouredBy as painted } from './test-kit';

const quietly = async (): Promise<void> => undefined;

type Colour = readonly [number, number, number, number?];

/** A bright half and a dark one, with an edge that is one pixel wide at any size. */
const halves = (x: number, y: number): Colour => (x + 0.3 * y < 0.6 ? [220, 200, 180] : [40, 50, 60]);
const waves = (x: number, y: number): Colour => {
  const shade = 120 + 90 * Math.sin(25 * x) * Math.cos(17 * y);
  return [shade, 255 - shade, 128 + 60 * Math.sin(40 * y)];
};

const mapped =
  (colour: (x: number, y: number) => Colour, change: (c: Colour) => Colour) =>
  (x: number, y: number): Colour =>
    change(colour(x, y));

function largest(a: Pixels, b: Pixels): number {
  return a.data.reduce((most, value, i) => Math.max(most, Math.abs(value - (b.data[i] ?? 0))), 0);
}

function mean(a: Pixels, b: Pixels): number {
  return a.data.reduce((sum, value, i) => sum + Math.abs(value - (b.data[i] ?? 0)), 0) / a.data.length;
}

describe('the size', () => {
  it('is the photo’s own, up to what can be made', () => {
    expect(largeSize({ width: 6000, height: 4000 })).toEqual({ width: 6000, height: 4000 });
    const { width, height } = largeSize({ width: 12000, height: 9000 });
    expect(width * height).toBeLessThanOrEqual(PIXEL_LIMIT);
    expect(width / height).toBeCloseTo(4 / 3, 3);
  });
});

describe('a picture as large as its photo', () => {
  it('is exactly the large photo where nothing was changed', async () => {
    const [small, large] = [painted(40, 30, waves), painted(131, 97, waves)];
    for (const grain of [0, 1]) {
      expect(largest(await enlarge(small, small, large, grain, quietly), large)).toBe(0);
    }
  });

  it('has the photo’s edges, not interpolated ones, under any linear change of colours', async () => {
    const darker = ([r, g, b]: Colour): Colour => [0.5 * r + 20, 0.4 * b + 60, 0.3 * g + 0.3 * r];
    const [small, large] = [painted(40, 30, halves), painted(160, 120, halves)];
    const picture = painted(40, 30, mapped(halves, darker));
    const wanted = painted(160, 120, mapped(halves, darker));
    const bicubic = await enlarge(
      picture,
      painted(40, 30, () => [9, 9, 9]),
      painted(160, 120, () => [9, 9, 9]),
      1,
      quietly,
    );
    for (const grain of [0, 1]) {
      const out = await enlarge(picture, small, large, grain, quietly); // fitted, whatever the grain is
      expect(mean(out, wanted)).toBeLessThan(0.25 * mean(bicubic, wanted));
      expect(largest(out, wanted)).toBeLessThan(0.4 * largest(bicubic, wanted));
    }
  });

  it('has as much of the photo’s grain as is asked for, where something was changed', async () => {
    const grainy = (x: number, y: number): Colour => {
      const shade = 128 + (Math.round(160 * x + 80 * y) % 2 === 0 ? 6 : -6);
      return [shade, shade, shade];
    };
    const [small, large] = [painted(40, 30, () => [128, 128, 128]), painted(160, 120, grainy)];
    const red = painted(40, 30, () => [200, 90, 80]);
    const contrast = async (grain: number): Promise<number> =>
      mean(
        await enlarge(red, small, large, grain, quietly),
        painted(160, 120, () => [200, 90, 80]),
      );
    const [all, half, none] = [await contrast(1), await contrast(0.5), await contrast(0)];
    expect(half / all).toBeCloseTo(0.5, 1);
    expect(none).toBeLessThan(0.1 * all);
  });

  it('does the same along rows and along columns', async () => {
    const random = (seed: number) => {
      let state = seed;
      return (): number => ((state = (state * 1103515245 + 12345) % 2 ** 31) / 2 ** 31) * 256;
    };
    const noisy = (width: number, height: number, seed: number): Pixels => {
      const next = random(seed);
      return painted(width, height, () => [next(), next(), next()]);
    };
    const turned = ({ width, height, data }: Pixels): Pixels => ({
      ...painted(height, width, () => [0, 0, 0]),
      data: new Uint8ClampedArray(data.length).map((_, i) => {
        const [p, c] = [Math.floor(i / 4), i % 4];
        return data[4 * ((p % height) * width + Math.floor(p / height)) + c] ?? 0;
      }),
    });
    const [picture, small, large] = [noisy(19, 23, 1), noisy(19, 23, 2), noisy(61, 70, 3)];
    const out = await enlarge(picture, small, large, 0.5, quietly);
    const other = await enlarge(turned(picture), turned(small), turned(large), 0.5, quietly);
    expect(largest(turned(other), out)).toBeLessThanOrEqual(1);
  });

  it('keeps strokes that the photo has nothing of', async () => {
    const flat = (): Colour => [128, 128, 128];
    const [small, large] = [painted(60, 60, flat), painted(180, 180, flat)];
    const out = await enlarge(painted(60, 60, waves), small, large, 1, quietly);
    expect(mean(out, painted(180, 180, waves))).toBeLessThan(3);
  });

  it.each([
    [1, 1, 1, 1],
    [1, 1, 7, 5],
    [2, 1, 9, 4],
    [5, 1, 5, 1],
    [3, 200, 4, 263],
  ])('takes %i x %i to %i x %i px', async (w, h, width, height) => {
    const out = await enlarge(
      painted(w, h, halves),
      painted(w, h, waves),
      painted(width, height, waves),
      1,
      quietly,
    );
    expect([out.width, out.height]).toEqual([width, height]);
    expect(out.data.some((value, i) => i % 4 < 3 && value > 0)).toBe(true);
  });

  it('has the large photo’s transparency', async () => {
    const hole = (x: number): Colour => [200, 100, 50, x < 0.5 ? 0 : 255];
    const out = await enlarge(painted(8, 8, hole), painted(8, 8, hole), painted(32, 32, hole), 1, quietly);
    expect(out.data[3]).toBe(0);
    expect(out.data.at(-1)).toBe(255);
  });

  it('is made row by row, tells how far it is, and can be stopped', async () => {
    const large = painted(2000, 1000, waves);
    const shares: number[] = [];
    await enlarge(
      painted(20, 10, waves),
      painted(20, 10, waves),
      large,
      1,
      async (done) => void shares.push(done),
    );
    expect(shares.length).toBeGreaterThan(2);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
    const stop = enlarge(painted(20, 10, waves), painted(20, 10, waves), large, 1, () =>
      Promise.reject(new Error('stop')),
    );
    await expect(stop).rejects.toThrow('stop');
  });
});
