import { memory, slice } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { expect, it } from 'vitest';
import { disposeStatistics, statisticsOf } from './statistics';
import { randomFeatures, row, values } from './test-kit';
import type { FeatureMap } from './types';
import { effectiveCells, weightedStatistics } from './weighted-statistics';

function close(a: number[], b: number[]): void {
  expect(a.length).toBe(b.length);
  a.forEach((value, i) => expect(value).toBeCloseTo(b[i] ?? NaN, 5));
}

it('[WS1] of weights 0 and 1 are the statistics of the same cells, cut out', () => {
  const map = randomFeatures(1, 6, 5, 4);
  const weights = Float32Array.from({ length: 30 }, (_, i) => (i >= 10 && i < 20 ? 1 : 0)); // rows 2 and 3
  const cut = statisticsOf(slice(map, [0, 2, 0, 0], [1, 2, 5, 4]) as FeatureMap);
  const part = weightedStatistics(map, weights);
  close(values(part?.statistics.mean ?? map), values(cut.mean));
  close(values(part?.statistics.covariance ?? map), values(cut.covariance));
  expect(part?.statistics.count).toBe(10);
  expect(effectiveCells(10, part?.squares ?? 0)).toBe(10);
});

it('[WS2] a cell of twice the weight counts twice', () => {
  const twice = weightedStatistics(row([1, 0], [4, 2]), new Float32Array([2, 1]));
  const listed = statisticsOf(row([1, 0], [1, 0], [4, 2]));
  close(values(twice?.statistics.mean ?? listed.mean), values(listed.mean));
  close(values(twice?.statistics.covariance ?? listed.mean), values(listed.covariance));
});

it('[WS3] of one cell have no variance, and are numbers', () => {
  const one = weightedStatistics(row([3, 7], [9, 9]), new Float32Array([0.25, 0]));
  close(values(one?.statistics.mean ?? row([0])), [3, 7]);
  close(values(one?.statistics.covariance ?? row([0])), [0, 0, 0, 0]);
});

it('[WS4] of no cell are nothing, rather than NaN', () => {
  expect(weightedStatistics(row([3, 7]), new Float32Array([0]))).toBeNull();
  expect(effectiveCells(0, 0)).toBe(0);
});

it('[WS5] refuse another number of weights', () => {
  expect(() => weightedStatistics(row([3, 7]), new Float32Array(2))).toThrow('2 weights for 1 cells');
});

it('[WS6] leave only their own two tensors behind', () => {
  const map = randomFeatures(2, 3, 3, 2);
  const before = memory().numTensors;
  const part = weightedStatistics(map, new Float32Array(9).fill(0.5));
  expect(memory().numTensors).toBe(before + 2);
  if (part) disposeStatistics(part.statistics);
});
