import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from './engine';
import { failureOf } from './failure';
import {
  draw,
  drawn,
  largestDifference,
  other,
  painting,
  photo,
  requestFor,
  shippedNetworks,
  useWasm,
} from './test-kit';
import { strength, type Norm } from './request';
import { PIXEL_LIMIT } from './size';

const NORMS: readonly Norm[] = [
  { id: 'in' },
  { id: 'adain' },
  { id: 'wct', groupSize: 16 },
  { id: 'wct', groupSize: 64 },
  { id: 'din' },
];

let engine: Engine;
beforeAll(async () => {
  await useWasm();
  engine = createEngine(await shippedNetworks());
});

describe('what is kept between runs', () => {
  it('[EN1] a strength change costs one decode, no encode and no drawing', async () => {
    const source = drawn(photo, 64, 48);
    const [content, style] = [engine.keep(source), engine.keep(drawn(painting, 48, 48))];
    await engine.stylise(requestFor(content, style));
    const before = { ...engine.runs };
    await engine.stylise(requestFor(content, style, { strength: strength(1) }));
    expect(engine.runs).toEqual({ encode: before.encode, decode: before.decode + 1 });
    await engine.stylise(requestFor(content, style, { strength: strength(0.5) }));
    await engine.stylise(requestFor(content, style, { strength: strength(0.4) }));
    expect(engine.runs).toEqual({ encode: before.encode, decode: before.decode + 3 });
    expect(source.draws()).toBe(1);
  });

  it('[EN2] another norm encodes nothing again', async () => {
    const [content, style] = [engine.keep(drawn(photo, 64, 48)), engine.keep(drawn(painting, 48, 48))];
    await engine.stylise(requestFor(content, style));
    const { encode } = engine.runs;
    for (const norm of NORMS) await engine.stylise(requestFor(content, style, { norm }));
    expect(engine.runs.encode).toBe(encode);
  });

  it('[EN3] forgetting and disposing free every tensor', async () => {
    const networks = await shippedNetworks();
    const before = memory().numTensors;
    const own = createEngine(networks);
    const [content, style] = [own.keep(drawn(photo, 40, 40)), own.keep(drawn(painting, 40, 40))];
    for (const norm of NORMS)
      await own.stylise(requestFor(content, style, { norm, strength: strength(0.7) }));
    expect(memory().numTensors).toBeGreaterThan(before);
    own.dispose();
    expect(memory().numTensors).toBe(before);
    await expect(own.stylise(requestFor(content, style))).rejects.toMatchObject({
      failure: { code: 'picture-forgotten' },
    });
  });

  it('[EN4] many photos do not pile up', async () => {
    const style = engine.keep(drawn(painting, 32, 32));
    const restyle = (size: number) =>
      engine.stylise(requestFor(engine.keep(drawn(photo, size, size)), style));
    for (let size = 16; size < 40; size++) await restyle(size);
    const before = memory().numTensors;
    for (let size = 40; size < 60; size++) await restyle(size);
    expect(memory().numTensors).toBe(before);
  });
});

describe('strength', () => {
  it.each(NORMS)('[EN5] 0 is exactly the photo: $id', async (norm) => {
    const noisy = drawn((x, y) => [(x * 7919) % 256, (y * 104729) % 256, (x * y * 1e5) % 256], 37, 29);
    const [content, style] = [engine.keep(noisy), engine.keep(drawn(painting, 48, 48))];
    const { pixels } = await engine.stylise(requestFor(content, style, { norm, strength: strength(0) }));
    expect(pixels).toEqual(await noisy.draw({ width: 37, height: 29 }));
  });

  it('[EN6] takes the picture further from the photo the higher it is', async () => {
    const source = drawn(photo, 64, 64);
    const [content, style] = [engine.keep(source), engine.keep(drawn(painting, 64, 64))];
    const original = (await source.draw(source.size)).data;
    const distances: number[] = [];
    for (const s of [0.25, 0.5, 0.75, 1]) {
      const { data } = (await engine.stylise(requestFor(content, style, { strength: strength(s) }))).pixels;
      distances.push(data.reduce((sum, v, i) => sum + Math.abs(v - (original[i] ?? 0)), 0));
    }
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    expect(distances[0]).toBeGreaterThan(0);
  });

  it('[EN7] refuses numbers outside 0..1', () => {
    expect(() => strength(1.01)).toThrow(RangeError);
    expect(() => strength(NaN)).toThrow(RangeError);
  });
});

describe('sizes', () => {
  it.each([
    [1, 1],
    [1, 300],
    [7, 16],
    [17, 33],
    [100, 9],
  ])('[EN8] %i x %i comes back as it came', async (width, height) => {
    // prettier-ignore
    const [content, style] = [engine.keep(drawn(photo, width, height)), engine.keep(drawn(painting, 1, 1))];
    for (const norm of NORMS) {
      const { pixels } = await engine.stylise(requestFor(content, style, { norm }));
      expect([pixels.width, pixels.height, pixels.data.length]).toEqual([width, height, width * height * 4]);
    }
  });

  it.each(NORMS)('[EN9] tiles are exact: $id', async (norm) => {
    const networks = await shippedNetworks();
    const results = [];
    for (const tileSide of [1024, 64]) {
      const own = createEngine(networks, { tileSide });
      const [content, style] = [own.keep(drawn(photo, 203, 150)), own.keep(drawn(painting, 180, 90))];
      results.push(
        (await own.stylise(requestFor(content, style, { norm, strength: strength(0.9) }))).pixels.data,
      );
      own.dispose();
    }
    expect(largestDifference(results[0] ?? [], results[1] ?? [])).toBeLessThanOrEqual(1);
  });

  it('[EN10] works at the short side that was asked for', async () => {
    const [content, style] = [engine.keep(drawn(photo, 300, 200)), engine.keep(drawn(painting, 64, 64))];
    const { pixels } = await engine.stylise(requestFor(content, style, { contentSize: 40 }));
    expect([pixels.width, pixels.height]).toEqual([60, 40]);
  });

  it('[EN11] a picture beyond the limit is refused with both numbers, before it is drawn', async () => {
    const huge = drawn(photo, 10_000, 10_000);
    const [content, style] = [engine.keep(huge), engine.keep(drawn(painting, 32, 32))];
    const error = await engine.stylise(requestFor(content, style)).catch((e: unknown) => e);
    expect(failureOf(error)).toEqual({ code: 'picture-too-large', pixels: 1e8, limit: PIXEL_LIMIT });
    expect(huge.draws()).toBe(0);
  });
});

describe('content = style', () => {
  it.each(NORMS.filter(({ id }) => id === 'adain' || id === 'wct'))(
    '[EN12] is the photo, but for a quarter of what the decoder loses, by any norm: $id',
    async (norm) => {
      const content = engine.keep(drawn(photo, 80, 64));
      const plain = await engine.stylise(requestFor(content, content));
      const { pixels } = await engine.stylise(requestFor(content, content, { norm }));
      expect(largestDifference(pixels.data, plain.pixels.data)).toBeLessThanOrEqual(1);
    },
  );
});

describe('blends', () => {
  it('[EN13] of a style with itself are that style, and a weight of 0 counts for nothing', async () => {
    const content = engine.keep(drawn(photo, 64, 64));
    const [one, two] = [engine.keep(drawn(painting, 64, 64)), engine.keep(drawn(other, 64, 64))];
    const run = async (...styles: { picture: typeof one; weight: number }[]) =>
      (await engine.stylise(requestFor(content, one, { styles }))).pixels.data;
    const alone = await run({ picture: one, weight: 1 });
    expect(largestDifference(await run({ picture: one, weight: 3 }, { picture: one, weight: 1 }), alone)).toBeLessThanOrEqual(1); // prettier-ignore
    expect(largestDifference(await run({ picture: one, weight: 1 }, { picture: two, weight: 0 }), alone)).toBeLessThanOrEqual(1); // prettier-ignore
    expect(largestDifference(await run({ picture: one, weight: 1 }, { picture: two, weight: 1 }), alone)).toBeGreaterThan(10); // prettier-ignore
  });
});

describe('masks, alpha and colours', () => {
  it('[EN14] where the mask is black stays the photo, exactly; where it is white is the style', async () => {
    const source = drawn(photo, 64, 64);
    const [content, style] = [engine.keep(source), engine.keep(drawn(painting, 64, 64))];
    const mask = engine.keep(drawn((x) => (x < 0.5 ? [0, 0, 0] : [255, 255, 255]), 64, 64));
    const original = (await source.draw(source.size)).data;
    const whole = (await engine.stylise(requestFor(content, style))).pixels.data;
    const { data } = (await engine.stylise(requestFor(content, style, { mask }))).pixels;
    for (let i = 0; i < data.length; i++) expect(data[i]).toBe((i / 4) % 64 < 32 ? original[i] : whole[i]);
  });

  it('[EN15] alpha comes back as it was, and what hides behind it leaves no trace', async () => {
    const shape = (hidden: number) => drawn((x) => (x < 0.5 ? [90, 140, 200] : [hidden, 0, 0, 0]), 48, 48);
    const style = engine.keep(drawn(painting, 48, 48));
    const [red, black] = await Promise.all(
      [255, 0].map(
        async (hidden) => (await engine.stylise(requestFor(engine.keep(shape(hidden)), style))).pixels.data,
      ),
    );
    expect(largestDifference(red ?? [], black ?? [])).toBe(0);
    expect([red?.[3], red?.[4 * 47 + 3]]).toEqual([255, 0]);
  });

  it('[EN21] a half-transparent picture of one colour gets no cast from what is behind it', async () => {
    const style = engine.keep(drawn(painting, 48, 48));
    const faint = (x: number): [number, number, number, number] =>
      x < 0.5 ? [20, 30, 40, 100] : [230, 220, 210, 255];
    const [without, all] = await Promise.all(
      [0, 1].map(async (detail) => {
        const content = engine.keep(drawn(faint, 48, 48));
        return (await engine.stylise(requestFor(content, style, { detail }))).pixels.data;
      }),
    );
    const mean = (data: Uint8ClampedArray | undefined): number => {
      let sum = 0;
      for (let y = 8; y < 40; y++) for (let x = 6; x < 16; x++) sum += data?.[4 * (48 * y + x)] ?? NaN;
      return sum / 320;
    };
    expect(Math.abs(mean(all) - mean(without))).toBeLessThan(6); // 40 when the hidden colour comes back
  });

  it('[EN22] at strength 0 a half-transparent picture is the photo, hidden colours and all', async () => {
    const content = engine.keep(drawn((x, y) => [200 * x, 90, 255 * y, 255 * y], 48, 48));
    const style = engine.keep(drawn(painting, 48, 48));
    const { data } = (await engine.stylise(requestFor(content, style, { strength: strength(0) }))).pixels;
    const original = draw(48, 48, (x, y) => [200 * x, 90, 255 * y, 255 * y]).data;
    expect(largestDifference(data, original)).toBe(0);
  });

  it('[EN16] keeping the colours of a grey photo gives a grey picture', async () => {
    const content = engine.keep(drawn((x, y) => [200 * x, 200 * x, 200 * x].map((v) => v + 50 * y) as [number, number, number], 48, 48)); // prettier-ignore
    const style = engine.keep(drawn(painting, 48, 48));
    const { data } = (await engine.stylise(requestFor(content, style, { colour: 'lightness' }))).pixels;
    for (let i = 0; i < data.length; i += 4)
      expect(Math.abs((data[i] ?? 0) - (data[i + 2] ?? 0))).toBeLessThanOrEqual(2);
  });
});
