import '@tensorflow/tfjs-backend-cpu';
import { memory, ready } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { adain } from './adain';
import { EPSILON, SHRINK } from './constants';
import { applyEdit } from './edit';
import { ShapeError } from './errors';
import { channelStatistics, statisticsOf } from './statistics';
import { randomFeatures, randomStatistics, row, statisticsFrom, values } from './test-kit';
import { shrunkBlocks, wct } from './wct';

beforeAll(ready);

const finite = (numbers: number[]): boolean => numbers.every(Number.isFinite);

describe('wct', () => {
  it('[WC1] turns uncorrelated content of variance 4 into style of covariance [[5, 4], [4, 5]]', () => {
    const style = statisticsFrom(
      [1, 2],
      [
        [5, 4],
        [4, 5],
      ],
    ); // prettier-ignore; eigenvalues 9 and 1
    const { mix, bias } = wct(statisticsFrom([0, 0], [4, 4]), style);
    // The root of [[5, 4], [4, 5]] is [[2, 1], [1, 2]]; whitening halves it. Shrinking moves it by less than 1 %.
    [1, 0.5, 0.5, 1].forEach((v, i) => expect(values(mix ?? bias)[i]).toBeCloseTo(v, 1));
    expect(values(bias)).toEqual([1, 2]);
  });

  it('[WC2] gives the edited features the covariance of the style, up to the shrinkage', () => {
    const [photo, painting] = [randomFeatures(3, 12, 12, 4), randomFeatures(4, 11, 13, 4)];
    const [content, style] = [statisticsOf(photo), statisticsOf(painting)];
    const edited = statisticsOf(applyEdit(photo, wct(content, style)));
    const [got, want] = [values(edited.covariance), values(style.covariance)];
    const largest = Math.max(...want.map(Math.abs));
    got.forEach((v, i) => expect(Math.abs(v - (want[i] ?? NaN)) / largest).toBeLessThan(0.02));
    values(edited.mean).forEach((m, i) => expect(m).toBeCloseTo(values(style.mean)[i] ?? NaN, 4));
  });

  it.each([2, 4, 8])('[WC3] with style = content is the identity, in groups of %i', (groupSize) => {
    const statistics = randomStatistics(5, 8);
    const { mix, bias } = wct(statistics, statistics, groupSize);
    const scale = Math.max(...values(statistics.mean).map(Math.abs));
    values(mix ?? bias).forEach((v, i) => expect(v).toBeCloseTo(i % 9 === 0 ? 1 : 0, 3));
    values(bias).forEach((v) => expect(Math.abs(v)).toBeLessThan(1e-3 * Math.max(1, scale)));
  });

  it('[WC4] in groups of 1 is AdaIN, number for number', () => {
    const [content, style] = [randomStatistics(6, 8), randomStatistics(7, 8)];
    const [a, b] = [wct(content, style, 1), adain(content, channelStatistics(style))];
    expect(a.mix?.shape).toEqual([8]);
    expect(values(a.mix ?? a.bias)).toEqual(values(b.mix ?? b.bias));
    expect(values(a.bias)).toEqual(values(b.bias));
  });

  it('[WC5] mixes channels only inside a group', () => {
    const { mix, bias } = wct(randomStatistics(8, 6), randomStatistics(9, 6), 3);
    const numbers = values(mix ?? bias);
    for (let i = 0; i < 6; i++) {
      for (let j = 0; j < 6; j++) {
        const inside = Math.floor(i / 3) === Math.floor(j / 3);
        expect(numbers[i * 6 + j] !== 0).toBe(inside);
      }
    }
  });

  it('[WC6] shrinks each block by its own mean variance', () => {
    const blocks = shrunkBlocks(statisticsFrom([0, 0, 0, 0], [1, 3, 10, 30]).covariance, 2);
    const ridge = [2 * SHRINK + EPSILON, 20 * SHRINK + EPSILON] as const;
    const want = [1 + ridge[0], 0, 0, 3 + ridge[0], 10 + ridge[1], 0, 0, 30 + ridge[1]];
    values(blocks).forEach((v, i) => expect(v).toBeCloseTo(want[i] ?? NaN, 4));
  });

  it('[WC7] survives one cell, fewer cells than channels, flat channels and no variance at all', () => {
    const ordinary = randomStatistics(10, 4);
    const degenerate = [
      statisticsOf(row([1, 2, 3, 4])),
      statisticsOf(row([1, 2, 3, 4], [2, 2, 2, 2])),
      statisticsFrom([0, 0, 0, 0], [1, 0, 1, 0]),
      statisticsFrom([0, 0, 0, 0], [0, 0, 0, 0]),
      statisticsFrom([0, 0, 0, 0], [1e6, 1e6, 1e6, 1e6]),
    ];
    for (const strange of degenerate) {
      for (const [content, style] of [
        [strange, ordinary],
        [ordinary, strange],
        [strange, strange],
      ] as const) {
        // prettier-ignore
        for (const groupSize of [1, 2, 4]) {
          const { mix, bias } = wct(content, style, groupSize);
          expect(finite([...values(mix ?? bias), ...values(bias)])).toBe(true);
        }
      }
    }
  });

  it('[WC8] refuses groups that do not divide the channels, and statistics of another layer', () => {
    const four = randomStatistics(11, 4);
    expect(() => wct(four, four, 3)).toThrow('group size 3 does not divide 4 channels');
    expect(() => wct(four, four, 0)).toThrow(ShapeError);
    expect(() => wct(four, randomStatistics(12, 8))).toThrow('content has 4 channels, style has 8');
  });

  it('[WC9] leaves two new tensors, and all inputs alive', () => {
    const [content, style] = [randomStatistics(13, 4), randomStatistics(14, 4)];
    const before = memory().numTensors;
    wct(content, style);
    expect(memory().numTensors).toBe(before + 2);
    expect(content.covariance.isDisposed || style.mean.isDisposed).toBe(false);
  });
});
