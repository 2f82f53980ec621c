import { beforeAll, describe, expect, it, vi } from 'vitest';
import fixture from '../../app/models/fixtures/networks.json';
import { randomNumbers } from '../norm/test-kit';
import { contrastOf, keptDetail } from './detail';
import { createEngine, type Engine } from './engine';
import { strength } from './request';
import { drawn, painting, photo, requestFor, shippedNetworks, useWasm } from './test-kit';

const go = async (): Promise<void> => undefined;
const SIDE = 64;

/** Thin lines, one pixel wide: what the decoder loses first. */
const lines = (x: number, y: number): [number, number, number] =>
  Math.floor(x * SIDE) % 4 === 0 ? [40, 60, 50] : [150, 140 + 60 * y, 190];
const smooth = (x: number, y: number): [number, number, number] => [90 + 60 * x, 120 + 40 * y, 100];

describe('contrast', () => {
  it('[DT1] is what training measures', async () => {
    const { picture, contrast } = fixture;
    const [, height = 0, width = 0] = picture.shape;
    const { lightness, colour } = await contrastOf(Float32Array.from(picture.values), { width, height }, go);
    expect(lightness).toBeCloseTo(contrast.values[0] ?? NaN, 6);
    expect(colour).toBeCloseTo(contrast.values[1] ?? NaN, 6);
  });

  it.each([[1, 1], [2, 1], [1, 3], [2, 2], [3, 5]])(
    '[DT2] of one colour is none: %i x %i',
    async (width, height) => {
      const rgb = Float32Array.from({ length: width * height * 3 }, (_, i) => [0.2, 0.9, 0.4][i % 3] ?? 0);
      const { lightness, colour } = await contrastOf(rgb, { width, height }, go);
      expect([lightness, colour]).toEqual([expect.closeTo(1e-3, 5), expect.closeTo(1e-3, 5)]); // EPSILON's root
    },
  ); // prettier-ignore

  it('[DT3] of greys has no colour, and of grain in one channel a third of its lightness', async () => {
    const next = randomNumbers(5);
    const size = { width: 60, height: 40 };
    const grey = Float32Array.from({ length: 2400 }, () => 0.5 + 0.1 * next());
    const greys = await contrastOf(Float32Array.from({ length: 7200 }, (_, i) => grey[Math.floor(i / 3)] ?? 0), size, go); // prettier-ignore
    const red = await contrastOf(Float32Array.from({ length: 7200 }, (_, i) => (i % 3 ? 0.5 : (grey[i / 3] ?? 0))), size, go); // prettier-ignore
    expect(greys.colour).toBeCloseTo(1e-3, 5);
    expect(red.lightness / greys.lightness).toBeCloseTo(1 / 3, 2);
    expect(red.colour / red.lightness).toBeCloseTo(Math.sqrt(6), 1); // (2/3)^2 + 2 (1/3)^2 = 6/9 of its square
  });

  it('[DT4] stops where it is told to', async () => {
    const stop = vi.fn(async () => {
      throw new Error('stopped');
    });
    const rgb = new Float32Array(1000 * 1200 * 3);
    await expect(contrastOf(rgb, { width: 1000, height: 1200 }, stop)).rejects.toThrow('stopped');
    expect(stop).toHaveBeenCalledOnce();
  });
});

describe('detail that is kept', () => {
  const one = { lightness: 0.04, colour: 0.02 };

  it('[DT5] is all of it in the photo, none of it at detail 0, and never more than there was', () => {
    expect(keptDetail(one, { lightness: 0.001, colour: 0 }, 0, 0.5)).toEqual({ lightness: 1, colour: 1 });
    expect(keptDetail(one, one, 1, 0)).toEqual({ lightness: 0, colour: 0 });
    expect(keptDetail(one, { lightness: 0.9, colour: 0.9 }, 1, 0.5)).toEqual({ lightness: 0.5, colour: 0.5 });
  });

  it('[DT6] is brought to the style’s contrast, lightness and colour apart', () => {
    const { lightness, colour } = keptDetail(one, { lightness: 0.01, colour: 0.01 }, 0.5, 0.8);
    expect([lightness, colour]).toEqual([expect.closeTo(0.5 + 0.5 * 0.8 * 0.25), expect.closeTo(0.5 + 0.4 * 0.5)]); // prettier-ignore
  });
});

describe('detail in a picture', () => {
  let engine: Engine;
  beforeAll(async () => {
    await useWasm();
    engine = createEngine(await shippedNetworks());
  });

  const keep = (paint: typeof photo) => engine.keep(drawn(paint, SIDE, SIDE));
  /** How far neighbours across are apart, of 255. */
  async function roughness(style: typeof photo, detail: number): Promise<number> {
    const request = requestFor(keep(lines), keep(style), { detail });
    const { data } = (await engine.stylise(request)).pixels;
    let sum = 0;
    for (let i = 4; i < data.length; i += 4) sum += Math.abs((data[i] ?? 0) - (data[i - 4] ?? 0));
    return sum / (SIDE * SIDE);
  }

  it('[DT7] with the photo as its own style, all of it gives the photo back', async () => {
    const [content, style] = [keep(lines), keep(lines)];
    const [{ pixels }, original] = [
      await engine.stylise(requestFor(content, style, { detail: 1 })),
      await engine.stylise(requestFor(content, style, { strength: strength(0) })),
    ];
    const apart = pixels.data.reduce((sum, v, i) => sum + Math.abs(v - (original.pixels.data[i] ?? NaN)), 0);
    expect(apart / pixels.data.length).toBeLessThan(1); // 0.3 of 255; without detail several
    const without = (await engine.stylise(requestFor(content, style, { detail: 0 }))).pixels;
    expect(without.data.reduce((sum, v, i) => sum + Math.abs(v - (original.pixels.data[i] ?? NaN)), 0)).toBeGreaterThan(4 * apart); // prettier-ignore
  });

  it('[DT8] makes a picture after a rough style rougher, and after a smooth one hardly', async () => {
    const [rough, plain] = [
      (await roughness(painting, 1)) - (await roughness(painting, 0)),
      (await roughness(smooth, 1)) - (await roughness(smooth, 0)),
    ];
    expect(rough).toBeGreaterThan(5);
    expect(Math.abs(plain)).toBeLessThan(rough / 4);
  });

  it('[DT9] costs one decode a photo, and none where it is not wanted', async () => {
    const [content, first, second] = [keep(photo), keep(painting), keep(lines)];
    const decodes = async (style: typeof first, detail: number): Promise<number> => {
      const before = engine.runs.decode;
      await engine.stylise(requestFor(content, style, { detail }));
      return engine.runs.decode - before;
    };
    expect(await decodes(first, 0)).toBe(1);
    expect(await decodes(first, 0.5)).toBe(2);
    expect(await decodes(second, 1)).toBe(1);
  });
});
