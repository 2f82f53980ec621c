import { beforeAll, describe, expect, it, vi } from 'vitest';
import fixture from '../../app/models/fixtures/networks.json';
import type { Statistics } from '../norm';
import { randomNumbers } from '../norm/test-kit';
import { blendedContrast, contrastOf, detailGain } from './detail';
import { createEngine, type Engine } from './engine';
import type { Pixels } from './pixels';
import { strength } from './request';
import { drawn, largestDifference, painting, photo, requestFor, shippedNetworks, useWasm } from './test-kit';

const go = async (): Promise<void> => undefined;
const SIDE = 64;
const cloned = ({ count, mean, covariance }: Statistics): Statistics => ({
  count,
  mean: mean.clone(),
  covariance: covariance.clone(),
});

/** Thin lines, one pixel wide: what the decoder loses first. */
const lines = (x: number, y: number): [number, number, number] =>
  Math.floor(x * SIDE) % 4 === 0 ? [40, 60, 50] : [150, 140 + 60 * y, 190];
const smooth = (x: number, y: number): [number, number, number] => [90 + 60 * x, 120 + 40 * y, 100];

/** A picture of that size with nothing transparent, for its size and alpha. */
const sized = (width: number, height: number): Pixels => ({
  width,
  height,
  data: new Uint8ClampedArray(width * height * 4).fill(255),
});
const NOTHING = 1e-3; // EPSILON's root

describe('contrast', () => {
  const next = randomNumbers(5);
  const grey = Float32Array.from({ length: 2400 }, () => 0.5 + 0.1 * next());
  const greys = Float32Array.from({ length: 7200 }, (_, i) => grey[Math.floor(i / 3)] ?? 0);

  it('[DT1] is what training measures', async () => {
    const { picture, contrast } = fixture;
    const [, height = 0, width = 0] = picture.shape;
    const rgb = Float32Array.from(picture.values);
    const { lightness, colour } = await contrastOf(rgb, sized(width, height), go);
    expect(lightness).toBeCloseTo(contrast.values[0] ?? NaN, 6);
    expect(colour).toBeCloseTo(contrast.values[1] ?? NaN, 6);
  });

  it.each([[1, 1], [2, 1], [1, 3], [2, 2], [3, 5]])(
    '[DT2] of one colour is none: %i x %i',
    async (width, height) => {
      const rgb = Float32Array.from({ length: width * height * 3 }, (_, i) => [0.2, 0.9, 0.4][i % 3] ?? 0);
      const { lightness, colour } = await contrastOf(rgb, sized(width, height), go);
      expect([lightness, colour]).toEqual([expect.closeTo(NOTHING, 5), expect.closeTo(NOTHING, 5)]);
    },
  ); // prettier-ignore

  it('[DT3] of greys has no colour, and of grain in one channel a third of its lightness', async () => {
    const all = await contrastOf(greys, sized(60, 40), go);
    const red = await contrastOf(greys.map((v, i) => (i % 3 ? 0.5 : v)), sized(60, 40), go); // prettier-ignore
    expect(all.colour).toBeCloseTo(NOTHING, 5);
    expect(red.lightness / all.lightness).toBeCloseTo(1 / 3, 2);
    expect(red.colour / red.lightness).toBeCloseTo(Math.sqrt(6), 1); // (2/3)^2 + 2 (1/3)^2 = 6 (1/3)^2
  });

  it('[DT4] stops where it is told to', async () => {
    const stop = vi.fn(async () => {
      throw new Error('stopped');
    });
    await expect(contrastOf(new Float32Array(3.6e6), sized(1000, 1200), stop)).rejects.toThrow('stopped');
    expect(stop).toHaveBeenCalledOnce();
  });

  it('[DT10] counts what can be seen, and of a region its own part', async () => {
    const flatRight = greys.map((v, i) => ((i / 3) % 60 < 30 ? v : 0.5));
    const [whole, half] = [await contrastOf(greys, sized(60, 40), go), sized(60, 40)];
    for (let p = 0; p < 2400; p++) half.data[4 * p + 3] = p % 60 < 30 ? 255 : 0;
    const seen = await contrastOf(flatRight, half, go);
    expect(seen.lightness / whole.lightness).toBeCloseTo(1, 1);
    const right = Float32Array.from({ length: 2400 }, (_, p) => (p % 60 < 33 ? 0 : 1));
    expect((await contrastOf(flatRight, sized(60, 40), go, right)).lightness).toBeCloseTo(NOTHING, 5);
    expect((await contrastOf(greys, sized(60, 40), go, new Float32Array(2400))).lightness).toBeCloseTo(NOTHING, 5); // prettier-ignore
  });
});

describe('the gain of detail', () => {
  const one = { lightness: 0.04, colour: 0.02 };

  it('[DT5] is the share that is wanted, and never more', () => {
    expect(detailGain(one, one, 0)).toEqual({ lightness: 0, colour: 0 });
    expect(detailGain(one, { lightness: 0.9, colour: 0.9 }, 0.5)).toEqual({ lightness: 0.5, colour: 0.5 });
  });

  it('[DT6] goes down with the style’s contrast, lightness and colour apart', () => {
    const { lightness, colour } = detailGain(one, { lightness: 0.01, colour: 0.01 }, 0.8);
    expect([lightness, colour]).toEqual([expect.closeTo(0.2), expect.closeTo(0.4)]);
  });

  it('[DT11] of a blend is that of the weighted sum', () => {
    const wanted = blendedContrast([
      { contrast: { lightness: 0.04, colour: 0 }, weight: 0.25 },
      { contrast: { lightness: 0, colour: 0.01 }, weight: 0.75 },
    ]);
    expect([wanted.lightness, wanted.colour]).toEqual([expect.closeTo(0.01), expect.closeTo(0.0075)]);
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

  /** Of all channels, 0..255. */
  const apart = (a: Pixels, b: Pixels): number =>
    a.data.reduce((sum, v, i) => sum + Math.abs(v - (b.data[i] ?? NaN)), 0) / a.data.length;
  const made = async (change: Parameters<typeof requestFor>[2], style = painting) =>
    (await engine.stylise(requestFor(keep(lines), keep(style), change))).pixels;

  it('[DT12] by IN, and after a style of an older file, is the photo’s own', async () => {
    const { statistics } = await engine.styleOf(keep(smooth), 0);
    const older = engine.keepStyle({ statistics: cloned(statistics) });
    const content = keep(lines);
    const [plain, full] = [
      await engine.stylise(requestFor(content, older, { detail: 0 })),
      await engine.stylise(requestFor(content, older, { detail: 1 })),
    ];
    const measured = apart(await made({ detail: 0 }, smooth), await made({ detail: 1 }, smooth));
    expect(apart(plain.pixels, full.pixels)).toBeGreaterThan(3 * measured);
    const norm = { id: 'in' } as const;
    expect(apart(await made({ norm, detail: 0 }), await made({ norm, detail: 1 }))).toBeGreaterThan(3 * measured); // prettier-ignore
  });

  it('[DT13] follows each region’s own contrast', async () => {
    const halves = (x: number, y: number): [number, number, number] => (x < 0.5 ? lines(x, y) : smooth(x, y));
    const left = (x: number): [number, number, number] => (x < 0.5 ? [255, 255, 255] : [0, 0, 0]);
    const style = keep((x, y) => lines(x, y).map((v) => 100 + v / 4) as [number, number, number]);
    const styles = [{ picture: style, weight: 1 }];
    const make = async (detail: number, painted: boolean): Promise<Pixels> => {
      const regions = painted ? [{ mask: keep(left), styles }] : [];
      const request = requestFor(keep(halves), style, { detail, regions, unpainted: 'styles' });
      return (await engine.stylise(request)).pixels;
    };
    const leftOf = ({ data, ...size }: Pixels): Pixels => ({
      ...size,
      data: data.filter((_, i) => (i / 4) % SIDE < SIDE / 2 - 8),
    });
    const [whole, apartLeft] = [
      apart(leftOf(await make(0, false)), leftOf(await make(1, false))),
      apart(leftOf(await make(0, true)), leftOf(await make(1, true))),
    ];
    expect(apartLeft).toBeLessThan(0.85 * whole); // the left half alone is rougher than both together
  });

  it('[DT14] is none where only colours may change', async () => {
    const colour = 'only' as const;
    expect(apart(await made({ colour, detail: 0 }), await made({ colour, detail: 1 }))).toBe(0);
  });

  it('[DT15] of a picture of many tiles is not kept, and comes back all the same', async () => {
    const tiled = createEngine(await shippedNetworks(), { tileSide: 16 });
    const [content, style] = [tiled.keep(drawn(lines, SIDE, SIDE)), tiled.keep(drawn(painting, SIDE, SIDE))];
    const decodes = async (): Promise<number> => {
      const before = tiled.runs.decode;
      await tiled.stylise(requestFor(content, style));
      return tiled.runs.decode - before;
    };
    expect([await decodes(), await decodes()]).toEqual([32, 32]); // 16 tiles, each twice
    const { pixels } = await tiled.stylise(requestFor(content, style));
    expect(largestDifference(pixels.data, (await made({})).data)).toBeLessThanOrEqual(2);
    tiled.dispose();
  });
});
