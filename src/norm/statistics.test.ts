import '@tensorflow/tfjs-backend-cpu';
import { concat, memory, ready, tensor2d, type Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { EPSILON } from './constants';
import { ShapeError } from './errors';
import { diagonalOf, disposeStatistics, pool, statisticsOf, stdOf } from './statistics';
import { randomFeatures, row, values } from './test-kit';

beforeAll(ready);

describe('statistics', () => {
  it('[ST1] divides by the number of cells: 1 and 3 have mean 2 and variance 1', () => {
    const { count, mean, covariance } = statisticsOf(row([1], [3]));
    expect([count, ...values(mean), ...values(covariance)]).toEqual([2, 2, 1]);
  });

  it('[ST2] sees channels that move together and against each other', () => {
    const { covariance } = statisticsOf(row([0, 0, 4], [2, 4, 0]));
    expect(values(covariance)).toEqual([1, 2, -2, 2, 4, -4, -2, -4, 4]);
  });

  it('[ST3] keeps its precision far from zero, where one-pass variance cancels', () => {
    const { covariance } = statisticsOf(row([10_000], [10_002]));
    expect(values(covariance)).toEqual([1]);
  });

  it('[ST4] one cell, and a flat channel, have no variance and a std of sqrt(EPSILON)', () => {
    for (const features of [row([7]), row([7], [7], [7])]) {
      const statistics = statisticsOf(features);
      expect(values(statistics.covariance)).toEqual([0]);
      expect(values(stdOf(statistics))[0]).toBeCloseTo(Math.sqrt(EPSILON), 6);
    }
  });

  it('[ST5] finds the diagonal', () => {
    expect(values(diagonalOf(tensor2d([[1, 2, 3], [4, 5, 6], [7, 8, 9]])))).toEqual([1, 5, 9]); // prettier-ignore
    expect(values(diagonalOf(tensor2d([[4]])))).toEqual([4]);
  });

  it('[ST6] pooled over pictures they are the statistics of the pictures joined', () => {
    const [one, two] = [randomFeatures(1, 4, 3, 5), randomFeatures(2, 4, 8, 5)];
    const pooled = pool([statisticsOf(one), statisticsOf(two)]);
    const joined = statisticsOf(concat<Tensor4D>([one, two], 2));
    expect(pooled.count).toBe(joined.count);
    values(pooled.mean).forEach((v, i) => expect(v).toBeCloseTo(values(joined.mean)[i] ?? NaN, 5));
    values(pooled.covariance).forEach((v, i) =>
      expect(v).toBeCloseTo(values(joined.covariance)[i] ?? NaN, 4),
    );
  });

  it('[ST7] pooled with equal weights, a small picture counts as much as a large one', () => {
    const pooled = pool([statisticsOf(row([0])), statisticsOf(row([4], [4], [4]))], [1, 1]);
    expect([...values(pooled.mean), ...values(pooled.covariance)]).toEqual([2, 4]);
  });

  it('[ST8] refuses to pool nothing, or weights that do not fit', () => {
    const one = statisticsOf(row([1]));
    expect(() => pool([])).toThrow(ShapeError);
    expect(() => pool([one], [1, 2])).toThrow('1 statistics with 2 weights');
    expect(() => pool([one], [0])).toThrow(ShapeError);
  });

  it('[ST9] leaves two new tensors, none after disposal, and its inputs alive', () => {
    const features = row([1, 2], [3, 4]);
    const before = memory().numTensors;
    const parts = [statisticsOf(features), statisticsOf(features)];
    const pooled = pool(parts);
    expect(memory().numTensors).toBe(before + 6);
    [...parts, pooled].forEach(disposeStatistics);
    expect(memory().numTensors).toBe(before);
    expect(features.isDisposed).toBe(false);
  });
});
