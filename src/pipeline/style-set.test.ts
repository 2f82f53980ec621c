import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from './engine';
import { failureOf, Stopped } from './failure';
import { styleFrom } from './style-file';
import { mostTypical, outliersOf, styleSet, type SetPicture } from './style-set';
import { draw, drawn, PAINTINGS, shippedNetworks, useWasm } from './test-kit';
import { disposeStyle } from '../../app/models/style';
import { values } from '../norm/test-kit';

const black = () => [0, 0, 0] as const;
const [stripes = black, dots = black] = PAINTINGS;
let engine: Engine;

beforeAll(async () => {
  await useWasm();
  engine = createEngine(await shippedNetworks());
});

let closed = 0;
const picture = (name: string, paint = stripes): SetPicture => ({
  name,
  open: async () => ({ source: drawn(paint, 64, 64), close: () => void closed++ }),
});
const broken: SetPicture = {
  name: 'broken.jpg',
  open: () => Promise.reject(new Stopped({ code: 'picture-unreadable', name: 'broken.jpg' })),
};
const numbers = (mean: number) => ({ mean: new Float32Array([mean]), std: new Float32Array([1]) });

describe('the middle of a set', () => {
  it('[SS1] is the member with the least sum of distances', () => {
    const { typical, distances } = mostTypical([0, 4, 5, 9].map(numbers), numbers(0));
    expect(typical).toBe(1);
    expect(distances).toEqual([4, 0, 1, 5]);
  });

  it('[SS2] has outliers beyond the fences, and none among fewer than four', () => {
    expect([...outliersOf([0, 1, 1.1, 1.2, 1.3, 9])]).toEqual([5]);
    expect([...outliersOf([0, 1, 9])]).toEqual([]);
  });
});

describe('a set as a style', () => {
  it('[SS3] has the statistics of its pictures laid side by side, and counts what it could not read', async () => {
    const flat = (v: number) => (): readonly [number, number, number] => [v, v, 255 - v];
    const set = await styleSet(engine, [picture('a', flat(40)), broken, picture('b', flat(200))], 0, {});
    expect(set.pooled.name).toBe('2 pictures');
    const pooled = styleFrom(set.pooled, engine.networks);
    const [a, b] = [
      await engine.statisticsOf(drawn(flat(40), 64, 64), 0),
      await engine.statisticsOf(drawn(flat(200), 64, 64), 0),
    ];
    const means = [a, b].map((one) => values(one.statistics.mean));
    values(pooled.statistics.mean).forEach((value, c) =>
      expect(value).toBeCloseTo(((means[0]?.[c] ?? NaN) + (means[1]?.[c] ?? NaN)) / 2, 2),
    );
    const between = ((means[0]?.[0] ?? NaN) - (means[1]?.[0] ?? NaN)) ** 2 / 4; // flat pictures vary between them only
    expect(values(pooled.statistics.covariance)[0]).toBeCloseTo(between, 1);
    expect(pooled.contrast?.lightness).toBeCloseTo(a.contrast?.lightness ?? NaN, 6);
    expect(set.unreadable).toEqual(['broken.jpg']);
    expect(set.members.map(({ name }) => name)).toEqual(['a', 'b']);
    for (const style of [pooled, a, b]) disposeStyle(style);
  });

  it('[SS4] points out the one that differs, and names the typical one', async () => {
    const set = await styleSet(engine, [picture('1'), picture('2'), picture('3'), picture('4'), picture('odd', dots)], 0, {}); // prettier-ignore
    expect(set.members.filter(({ outlier }) => outlier).map(({ name }) => name)).toEqual(['odd']);
    expect(set.typical.name).toBe('1');
  });

  it('[SS5] is cancelled between pictures, closes what it opened and leaves no tensor', async () => {
    const before = memory().numTensors;
    closed = 0;
    const controller = new AbortController();
    const seen: number[] = [];
    const onProgress = (_: string, done: number): void => {
      seen.push(done);
      if (done >= 0.5) controller.abort();
    };
    const pictures = ['1', '2', '3', '4'].map((name) => picture(name));
    const error = await styleSet(engine, pictures, 0, { signal: controller.signal, onProgress }).catch((e: unknown) => e); // prettier-ignore
    expect(failureOf(error)).toEqual({ code: 'cancelled' });
    expect(seen).toEqual([0, 0.25, 0.5]);
    expect(closed).toBe(2);
    expect(memory().numTensors).toBe(before);
  });

  it('[SS6] of one readable picture is refused with what was wrong with the others', async () => {
    const error = await styleSet(engine, [picture('a'), broken], 0, {}).catch((e: unknown) => e);
    expect(failureOf(error)).toEqual({ code: 'picture-unreadable', name: 'broken.jpg' });
  });
});

it('[SS7] a picture is drawn at the style size, whatever its own', async () => {
  let asked = 0;
  const style = await engine.statisticsOf(
    {
      size: { width: 200, height: 100 },
      draw: async (size) => ((asked = size.height), draw(size.width, size.height, stripes)),
    },
    50,
  );
  expect(asked).toBe(50);
  disposeStyle(style);
});
