import '@tensorflow/tfjs-backend-cpu';
import { add, memory, mul, neg, ready, slice, tensor1d, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { CELL, type Features } from '../../app/models/features';
import type { Networks } from '../../app/models/weights';
import { pool, statisticsOf, EPSILON, type FeatureMap, type Statistics } from '../norm';
import { randomFeatures, statisticsFrom } from '../norm/test-kit';
import type { EncodedPicture, EncodedTile } from './encoded-picture';
import { channelPortrait, portraitOf } from './inspect';
import { contentDistance, identityError, parametersOf, styleDistance } from './measure';

beforeAll(ready);

/** One channel; EPSILON is taken off, so that `std` is what the norms see. */
const channel = (mean: number, std: number): Statistics => statisticsFrom([mean], [std * std - EPSILON]);
const weighted = (statistics: Statistics, weight = 1) => ({ style: { statistics }, weight });

describe('style distance', () => {
  it('[ME1] is 0 when the result has the style’s means and stds', async () => {
    const own = statisticsOf(randomFeatures(1, 5, 6, 4));
    expect(await styleDistance(own, [weighted(own)])).toBe(0);
  });

  it('[ME2] adds the squared differences of mean and std, averaged over channels', async () => {
    expect(await styleDistance(channel(5, 3), [weighted(channel(2, 1))])).toBeCloseTo(9 + 4, 4);
    const two = statisticsFrom([5, 2], [9 - EPSILON, 1 - EPSILON]);
    const goal = statisticsFrom([2, 2], [1 - EPSILON, 1 - EPSILON]);
    expect(await styleDistance(two, [weighted(goal)])).toBeCloseTo((9 + 4) / 2, 4);
  });

  it('[ME3] of a blend is counted from the weighted mix of the means and stds', async () => {
    const styles = [weighted(channel(0, 1), 3), weighted(channel(4, 5), 1)];
    expect(await styleDistance(channel(1, 2), styles)).toBeCloseTo(0, 4);
    expect(await styleDistance(channel(1, 4), styles)).toBeCloseTo(4, 4);
  });

  it('[ME4] leaves no tensor behind', async () => {
    const own = channel(1, 2);
    const before = memory().numTensors;
    await styleDistance(own, [weighted(own)]);
    expect(memory().numTensors).toBe(before);
  });
});

/** A picture of one tile without padding, or of two that overlap by a cell. */
function encoded(features: Features, cuts: 1 | 2 = 1): EncodedPicture {
  const [, rows, columns] = features.shape;
  const size = { width: columns * CELL, height: rows * CELL };
  const tile = (inner: readonly [number, number], outer: readonly [number, number]): EncodedTile => {
    const box = ([from, to]: readonly [number, number]) => ({
      left: from * CELL,
      top: 0,
      width: (to - from) * CELL,
      height: size.height,
    });
    const part = slice(features, [0, 0, outer[0], 0], [1, -1, outer[1] - outer[0], -1]);
    return { inner: box(inner), outer: box(outer), features: part };
  };
  const tiles =
    cuts === 1
      ? [tile([0, columns], [0, columns])]
      : [tile([0, 2], [0, 3]), tile([2, columns], [1, columns])];
  return {
    pixels: { ...size, data: new Uint8ClampedArray() },
    tiles,
    statistics: pool([statisticsOf(features)]),
    contrast: { lightness: 1, colour: 1 },
    monochrome: false,
    fill: [0, 0, 0],
  };
}

const some = (seed: number): Features => randomFeatures(seed, 4, 10, 3);

describe('content distance', () => {
  it('[ME5] is 0 for the same features, and for others of the same layout', async () => {
    const features = some(3);
    const shifted = add<FeatureMap>(mul(features, 7), 2);
    expect(await contentDistance(encoded(features), encoded(features))).toBe(0);
    expect(await contentDistance(encoded(features), encoded(shifted))).toBeLessThan(1e-3); // EPSILON
  });

  it('[ME6] is 2 where nothing goes together and 4 for the opposite', async () => {
    const [a, b] = [tensor4d([1, 1, -1, -1], [1, 2, 2, 1]), tensor4d([1, -1, 1, -1], [1, 2, 2, 1])];
    expect(await contentDistance(encoded(a), encoded(b))).toBeCloseTo(2, 2);
    expect(await contentDistance(encoded(a), encoded(neg(a)))).toBeCloseTo(4, 2);
  });

  it('[ME7] does not depend on how the pictures are cut, and leaves no tensor behind', async () => {
    const [photo, result] = [some(5), some(8)];
    const whole = await contentDistance(encoded(photo), encoded(result));
    const [p, r] = [encoded(photo, 2), encoded(result, 2)];
    const before = memory().numTensors;
    expect(await contentDistance(p, r)).toBeCloseTo(whole, 5);
    expect(memory().numTensors).toBe(before);
  });
});

it('[ME8] identity error is the mean absolute residual in steps of 0..255', () => {
  const error = identityError();
  error.add(new Float32Array(2));
  expect(error.mean()).toBe(0);
  error.add(new Float32Array([0.1, -0.1]));
  error.add(new Float32Array([0, 0.2]));
  expect(error.mean()).toBeCloseTo((255 * 0.4) / 6, 4);
});

it('[ME9] parameters are the networks’ and what a norm brings: a table row of 2 C, or DIN’s net', () => {
  const networks = {
    parameters: { encoder: 1000, decoder: 500, din: 70 },
    channels: 5,
  } as Networks; // all that is read of them
  const counts = (['adain', 'wct', 'in', 'cin', 'din'] as const).map((id) => parametersOf(networks, id, 2));
  expect(counts).toEqual([1500, 1500, 1510, 1520, 1570]);
});

describe('portrait', () => {
  it('[IP1] reads 1 for a channel with itself, -1 for opposites, 0 for what is apart', async () => {
    const cells = [1, -1, 1, -1, 1, 1, 1, -1, -1, -1, 1, -1].map((v) => v * 10); // a, -a, b
    const { mean, std, correlation } = await portraitOf(statisticsOf(tensor4d(cells, [1, 1, 4, 3])));
    expect(mean).toEqual(new Float32Array([0, 0, 0]));
    std.forEach((one) => expect(one).toBeCloseTo(10, 3));
    [1, -1, 0, -1, 1, 0, 0, 0, 1].forEach((want, i) => expect(correlation[i]).toBeCloseTo(want, 4));
  });

  it('[IP2] has 0 for a flat channel, and leaves no tensor behind', async () => {
    const statistics = statisticsOf(tensor4d([3, 1, 3, -1], [1, 1, 2, 2]));
    const before = memory().numTensors;
    const { correlation } = await portraitOf(statistics);
    expect(memory().numTensors).toBe(before);
    expect([...correlation.subarray(0, 3)]).toEqual([0, 0, 0]);
    const { mean, covariance } = statistics;
    const unit = { mean, covariance, std: tensor1d([1, 1]) };
    expect((await channelPortrait(unit)).correlation[3]).toBeCloseTo(1, 4);
  });
});
