import { tensor1d, tensor2d, tensor4d, type Tensor } from '@tensorflow/tfjs-core';
import { statisticsOf } from './statistics';
import type { FeatureMap, Statistics } from './types';

/** Shared by the tests of this folder only. */

/** A map of one row: short enough to check in your head. `cells[i]` holds the channels of cell i. */
export function row(...cells: readonly (readonly number[])[]): FeatureMap {
  return tensor4d(cells.flat(), [1, 1, cells.length, cells[0]?.length ?? 0]);
}

export function values(tensor: Tensor): number[] {
  return [...tensor.dataSync()];
}

/** Statistics written down rather than measured; a number is a variance. */
export function statisticsFrom(mean: number[], covariance: number[][] | number[], count = 100): Statistics {
  const full = covariance.map((entry, i) =>
    Array.isArray(entry) ? entry : mean.map((_, j) => (i === j ? entry : 0)),
  );
  return { count, mean: tensor1d(mean), covariance: tensor2d(full) };
}

/** Uniform numbers in -1..1 from a seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * 2 - 1;
  };
}

export function randomFeatures(seed: number, height: number, width: number, channels: number): FeatureMap {
  const random = randomNumbers(seed);
  const numbers = Array.from(
    { length: height * width * channels },
    (_, i) => random() * (1 + (i % channels)),
  );
  return tensor4d(numbers, [1, height, width, channels]);
}

export function randomStatistics(seed: number, channels: number): Statistics {
  return statisticsOf(randomFeatures(seed, 9, 7, channels));
}
