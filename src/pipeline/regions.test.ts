import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from './engine';
import { basisFor, cellShares, sharesOf } from './regions';
import { strength, type PictureId, type Region, type Stage } from './request';
import {
  drawn,
  largestDifference,
  PAINTINGS,
  PHOTOS,
  requestFor,
  shippedNetworks,
  useWasm,
} from './test-kit';

const black = () => [0, 0, 0] as const;
const [photo = black, other = black] = PHOTOS;
const [stripes = black, dots = black] = PAINTINGS;
const NORMS = [{ id: 'adain' }, { id: 'wct', groupSize: 64 }, { id: 'din' }] as const;
let engine: Engine;

beforeAll(async () => {
  await useWasm();
  engine = createEngine(await shippedNetworks());
});

const side = 128;
const source = drawn(photo, side, side);
const half = (fromLeft: boolean) =>
  drawn((x) => (x < 0.5 === fromLeft ? [255, 255, 255] : [0, 0, 0]), side, side);
const region = (mask: PictureId, picture: PictureId): Region => ({ mask, styles: [{ picture, weight: 1 }] });

describe('shares of regions', () => {
  it('[RG1] a later mask lies over an earlier one, and all shares add up to 1', () => {
    const { regions, rest } = sharesOf(
      [new Float32Array([1, 1, 0.5, 0]), new Float32Array([1, 0.25, 0, 0])],
      4,
    );
    expect(regions.map((one) => [...one])).toEqual([
      [0, 0.75, 0.5, 0],
      [1, 0.25, 0, 0],
    ]);
    expect([...rest]).toEqual([0, 0, 0.5, 1]);
  });

  it('[RG2] a cell takes the mean of its pixels that are in the picture; padding repeats the last', () => {
    const size = { width: 6, height: 4 };
    const shares = Float32Array.from({ length: 24 }, (_, p) => (p % 6 === 4 ? 1 : p % 6 < 2 ? 0.5 : 0));
    const box = { left: 0, top: 0, ...size };
    expect([...cellShares(shares, size, box)]).toEqual([0.25, 0.5]);
    expect([...cellShares(shares, size, box, 2, 4)]).toEqual([0.25, 0.5, 0.5, 0.5, 0.25, 0.5, 0.5, 0.5]);
  });

  it('[RG3] few cells fall back from covariance to variances to the whole picture', () => {
    expect([512, 511, 64, 63, 0].map((cells) => basisFor(cells, 64))).toEqual([
      'covariance',
      'variances',
      'variances',
      'whole',
      'whole',
    ]);
  });
});

describe('regions', () => {
  it.each(NORMS)('[RG4] outside all of them is the photo, exactly: $id', async (norm) => {
    const [content, style] = [engine.keep(source), engine.keep(drawn(stripes, 64, 64))];
    const regions = [region(engine.keep(half(true)), style)];
    const { data } = (await engine.stylise(requestFor(content, style, { norm, regions }))).pixels;
    const original = (await source.draw(source.size)).data;
    let moved = 0;
    for (let i = 0; i < data.length; i++) {
      const painted = (i / 4) % side < side / 2;
      if (!painted) expect(data[i]).toBe(original[i]);
      else moved += Math.abs((data[i] ?? 0) - (original[i] ?? 0));
    }
    expect(moved).toBeGreaterThan(1000);
  });

  it('[RG5] one over everything is the style alone, and one over nothing is the photo', async () => {
    const [content, style] = [engine.keep(source), engine.keep(drawn(stripes, 64, 64))];
    const full = engine.keep(drawn(() => [255, 255, 255], 8, 8));
    const none = engine.keep(drawn(black, 8, 8));
    const whole = (await engine.stylise(requestFor(content, style))).pixels.data;
    const all = await engine.stylise(requestFor(content, style, { regions: [region(full, style)] }));
    expect(largestDifference(all.pixels.data, whole)).toBeLessThanOrEqual(2);
    const nothing = await engine.stylise(requestFor(content, style, { regions: [region(none, style)] }));
    expect(largestDifference(nothing.pixels.data, (await source.draw(source.size)).data)).toBe(0);
  });

  it('[RG6] far inside, a region is what its part of the photo would be alone', async () => {
    const left = drawn((x, y) => (x < 0.5 ? photo(x, y) : other(x, y)), 256, 128);
    const alone = drawn((x, y) => photo(x / 2, y), 128, 128);
    const [content, cut, style] = [
      engine.keep(left),
      engine.keep(alone),
      engine.keep(drawn(stripes, 64, 64)),
    ];
    const mask = engine.keep(drawn((x) => (x < 0.5 ? [255, 255, 255] : [0, 0, 0]), 256, 128));
    const inside = (await engine.stylise(requestFor(content, style, { regions: [region(mask, style)] })))
      .pixels;
    const apart = (await engine.stylise(requestFor(cut, style))).pixels;
    const global = (await engine.stylise(requestFor(content, style))).pixels;
    const differs = (data: Uint8ClampedArray): number => {
      let sum = 0;
      for (let y = 8; y < 120; y++) {
        for (let x = 0; x < 48; x++) {
          for (let c = 0; c < 3; c++)
            sum += Math.abs((data[4 * (256 * y + x) + c] ?? 0) - (apart.data[4 * (128 * y + x) + c] ?? 0));
        }
      }
      return sum / (112 * 48 * 3);
    };
    expect(differs(inside.data)).toBeLessThan(0.5);
    expect(differs(global.data)).toBeGreaterThan(5 * differs(inside.data));
  });

  it.each(NORMS)('[RG7] of one pixel gives numbers, not NaN: $id', async (norm) => {
    const [content, style] = [engine.keep(source), engine.keep(drawn(stripes, 64, 64))];
    const dot = engine.keep({
      size: { width: side, height: side },
      draw: async (size) => {
        const data = new Uint8ClampedArray(4 * size.width * size.height);
        data.fill(255, 4 * 900, 4 * 901);
        return { ...size, data };
      },
    });
    const regions = [region(dot, style)];
    const { data } = (
      await engine.stylise(requestFor(content, style, { norm, regions, unpainted: 'styles' }))
    ).pixels;
    const whole = (await engine.stylise(requestFor(content, style, { norm }))).pixels.data;
    // prettier-ignore
    expect(data.reduce((sum, v, i) => sum + Math.abs(v - (whole[i] ?? 0)), 0) / data.length).toBeLessThan(1);
  });

  it('[RG8] with different styles differ, over a base style, and tiles are exact', async () => {
    const networks = await shippedNetworks();
    const results = [];
    for (const tileSide of [1024, 64]) {
      const own = createEngine(networks, { tileSide });
      const [content, one, two] = [
        own.keep(drawn(photo, 150, 131)),
        own.keep(drawn(stripes, 64, 64)),
        own.keep(drawn(dots, 64, 64)),
      ];
      const mask = own.keep(drawn((x, y) => [255 * Math.max(0, 1 - 2 * Math.hypot(x - 0.5, y - 0.5)), 0, 0], 50, 50)); // prettier-ignore
      const regions = [region(mask, two)];
      const request = requestFor(content, one, { regions, unpainted: 'styles', strength: strength(0.8) });
      results.push((await own.stylise(request)).pixels.data);
      const plain = (await own.stylise(requestFor(content, one, { strength: strength(0.8) }))).pixels.data;
      expect(largestDifference(plain, results[0] ?? [])).toBeGreaterThan(10);
      own.dispose();
    }
    expect(largestDifference(results[0] ?? [], results[1] ?? [])).toBeLessThanOrEqual(1);
  });

  it.each([0.25, 0.5, 0.75])('[RG10] a soft mask mixes photo and style once: %s', async (cover) => {
    const [content, style] = [engine.keep(source), engine.keep(drawn(stripes, 64, 64))];
    const mask = engine.keep(drawn(() => [255 * cover, 255 * cover, 255 * cover], 8, 8));
    const asRegion = await engine.stylise(requestFor(content, style, { regions: [region(mask, style)] }));
    const asMask = await engine.stylise(requestFor(content, style, { mask }));
    expect(largestDifference(asRegion.pixels.data, asMask.pixels.data)).toBeLessThanOrEqual(2);
  });

  it('[RG12] move the statistics as far as they cover the photo', async () => {
    const [content, style] = [engine.keep(source), engine.keep(drawn(stripes, 64, 64))];
    const changeAt = async (cover: number): Promise<number> => {
      const mask = engine.keep(drawn(() => [255 * cover, 255 * cover, 255 * cover], 8, 8));
      const request = requestFor(content, style, { regions: [region(mask, style)], measure: true });
      return (await engine.stylise(request)).change ?? NaN;
    };
    expect((await changeAt(0.2)) / (await changeAt(1))).toBeCloseTo(0.2, 1);
  });

  it('[RG11] that are stopped on the way leave no tensor', async () => {
    const large = engine.keep(drawn(photo, 720, 720)); // contrasts of large pictures pause to look who waits
    const [style, mask] = [engine.keep(drawn(stripes, 64, 64)), engine.keep(half(true))];
    const request = requestFor(large, style, {
      regions: [region(mask, style)],
      unpainted: 'styles',
      contentSize: 720,
    });
    const stopped = async (): Promise<number> => {
      const controller = new AbortController();
      const onProgress = (stage: Stage) => stage === 'normalising' && controller.abort();
      await expect(engine.stylise(request, { signal: controller.signal, onProgress })).rejects.toThrow();
      return memory().numTensors;
    };
    const first = await stopped();
    expect(await stopped()).toBe(first);
  });

  it('[RG9] free every tensor when the engine goes', async () => {
    const networks = await shippedNetworks();
    const before = memory().numTensors;
    const own = createEngine(networks);
    const [content, style, mask] = [own.keep(source), own.keep(drawn(stripes, 64, 64)), own.keep(half(true))];
    await own.stylise(
      requestFor(content, style, { regions: [region(mask, style)], unpainted: 'styles', measure: true }),
    );
    own.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
