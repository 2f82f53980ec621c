import { beforeAll, describe, expect, it } from 'vitest';
import { EVEN_CHANGE } from './change';
import { createEngine, type Engine } from './engine';
import { COLOUR_MODES, strength, type Norm } from './request';
import { coloursOf } from './recolour';
import { opaque, type Pixels } from './pixels';
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
const [photo = black] = PHOTOS;
const [stripes = black, dots = black, checks = black] = PAINTINGS;
let engine: Engine;

beforeAll(async () => {
  await useWasm();
  engine = createEngine(await shippedNetworks());
});

const pictures = () => [engine.keep(drawn(photo, 96, 80)), engine.keep(drawn(stripes, 64, 64))] as const;

describe('a blend under a slider', () => {
  it('[LK1] encodes nothing again and decodes once a frame, in every norm', async () => {
    const [content, one] = pictures();
    const two = engine.keep(drawn(dots, 64, 64));
    const norms: readonly Norm[] = [{ id: 'adain' }, { id: 'wct', groupSize: 64 }, { id: 'din' }];
    for (const norm of norms) {
      const frame = async (weight: number): Promise<Pixels> => {
        const styles = [
          { picture: one, weight: 1 - weight },
          { picture: two, weight },
        ];
        return (await engine.stylise(requestFor(content, one, { norm, styles }))).pixels;
      };
      await frame(0.5);
      const before = { ...engine.runs };
      const [a, b] = [await frame(0.2), await frame(0.8)];
      expect(engine.runs).toEqual({ encode: before.encode, decode: before.decode + 2 });
      expect(largestDifference(a.data, b.data)).toBeGreaterThan(4);
    }
  });
});

describe('two norms', () => {
  it('[LK2] at either end are one of them, and between them neither', async () => {
    const [content, style] = pictures();
    const adain: Norm = { id: 'adain' };
    const wct: Norm = { id: 'wct', groupSize: 64 };
    const mixed = async (share: number) =>
      (await engine.stylise(requestFor(content, style, { norm: adain, second: { norm: wct, share } })))
        .pixels;
    const [one, two] = [
      (await engine.stylise(requestFor(content, style, { norm: adain }))).pixels,
      (await engine.stylise(requestFor(content, style, { norm: wct }))).pixels,
    ];
    expect(largestDifference((await mixed(0)).data, one.data)).toBe(0);
    expect(largestDifference((await mixed(1)).data, two.data)).toBeLessThanOrEqual(1);
    const half = await mixed(0.5);
    expect(largestDifference(half.data, one.data)).toBeGreaterThan(3);
    expect(largestDifference(half.data, two.data)).toBeGreaterThan(3);
  });
});

describe('an even strength', () => {
  it('[LK3] moves the statistics by the same measured amount for every style', async () => {
    const content = engine.keep(drawn(photo, 96, 80));
    const changes: number[] = [];
    const plain: number[] = [];
    for (const paint of [stripes, dots, checks]) {
      const style = engine.keep(drawn(paint, 64, 64));
      const request = requestFor(content, style, { strength: strength(0.2), measure: true });
      changes.push((await engine.stylise({ ...request, evenStrength: true })).change ?? NaN);
      plain.push((await engine.stylise(request)).change ?? NaN);
    }
    for (const change of changes) expect(change).toBeCloseTo(0.2 * EVEN_CHANGE, 2);
    expect(Math.max(...plain) / Math.min(...plain)).toBeGreaterThan(1.1);
  });

  it('[LK9] decides how much of the photo’s grain a large file has, where styles are far or near', async () => {
    const [content, style] = pictures();
    const request = requestFor(content, style, { detail: 0.5, measure: true });
    const plain = await engine.stylise(request);
    expect(plain.grain).toBe(0.5);
    const { grain } = await engine.stylise({ ...request, evenStrength: true });
    const taken = Math.min(1, EVEN_CHANGE / (plain.change ?? NaN));
    expect(taken).toBeLessThan(0.95);
    expect(grain).toBeCloseTo(1 - taken / 2, 2);
  });

  it.each([0.5, 0.9])('[LK7] counts the part of IN in a mix of norms: %s', async (share) => {
    const [content, style] = pictures();
    const request = requestFor(content, style, {
      strength: strength(0.2),
      measure: true,
      evenStrength: true,
    });
    const { change } = await engine.stylise({ ...request, second: { norm: { id: 'in' }, share } });
    expect(change).toBeCloseTo(0.2 * EVEN_CHANGE, 2);
  });
});

describe('colours', () => {
  const close = (a: Pixels, b: Pixels): number => {
    const [one, two] = [coloursOf(opaque(a)).mean, coloursOf(opaque(b)).mean];
    return Math.hypot(...one.map((v, c) => v - (two[c] ?? 0)));
  };

  it('[LK4] recoloured, the result has the colours of the photo; colours only, those of the style', async () => {
    const size = { width: 96, height: 80 };
    const [source, painting] = [drawn(photo, 96, 80), drawn(stripes, 64, 64)];
    const [content, style] = [engine.keep(source), engine.keep(painting)];
    const original = await source.draw(size);
    const pictures = new Map<string, Pixels>();
    for (const colour of COLOUR_MODES) {
      pictures.set(colour, (await engine.stylise(requestFor(content, style, { colour }))).pixels);
    }
    const made = (mode: string): Pixels => pictures.get(mode) ?? original;
    expect(close(made('recolour'), original)).toBeLessThan(0.6 * close(made('style'), original));
    expect(close(made('only'), await painting.draw(painting.size))).toBeLessThan(0.05);
  });

  it('[LK5] colours only keeps every shape, needs no network for pictures, and at strength 0 is the photo', async () => {
    const [content, style] = pictures();
    await engine.stylise(requestFor(content, style));
    const { decode } = engine.runs;
    await engine.stylise(requestFor(content, style, { colour: 'only' }));
    expect(engine.runs.decode).toBe(decode);
    const { data } = (
      await engine.stylise(requestFor(content, style, { colour: 'only', strength: strength(0) }))
    ).pixels;
    expect(
      largestDifference(data, (await drawn(photo, 96, 80).draw({ width: 96, height: 80 })).data),
    ).toBeLessThanOrEqual(1);
  });

  it.each(COLOUR_MODES)(
    '[LK8] at strength 0 a transparent picture is the photo, whatever is known of the style: %s',
    async (colour) => {
      const glass = (x: number, y: number) => [200 * x, 90, 255 * y, x < 0.5 ? 255 * y : 255] as const;
      const content = engine.keep(drawn(glass, 48, 48));
      const style = engine.keep(drawn(stripes, 64, 64));
      const own = await engine.styleOf(style, 0);
      const given = engine.keepStyle({
        statistics: clone(own.statistics),
      });
      const original = await drawn(glass, 48, 48).draw({ width: 48, height: 48 });
      for (const one of [style, given]) {
        const request = requestFor(content, one, { colour, strength: strength(0) });
        const { data } = (await engine.stylise(request)).pixels;
        expect(largestDifference(data, original.data)).toBeLessThanOrEqual(1);
      }
    },
  );

  it('[LK6] of a style without its picture are measured on the result', async () => {
    const [content, style] = pictures();
    const own = await engine.styleOf(style, 0);
    const given = engine.keepStyle({
      statistics: clone(own.statistics),
    });
    const result = (await engine.stylise(requestFor(content, given))).pixels;
    const only = (await engine.stylise(requestFor(content, given, { colour: 'only' }))).pixels;
    expect(close(only, result)).toBeLessThan(0.05);
    const kept = (await engine.stylise(requestFor(content, given, { colour: 'recolour' }))).pixels;
    const original = await drawn(photo, 96, 80).draw({ width: 96, height: 80 });
    expect(close(kept, original)).toBeLessThan(0.05);
  });
});

function clone<T extends { mean: { clone(): unknown }; covariance: { clone(): unknown } }>(one: T): T {
  return { ...one, mean: one.mean.clone(), covariance: one.covariance.clone() };
}
