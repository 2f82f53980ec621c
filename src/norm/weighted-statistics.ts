import {
  matMul,
  mul,
  reshape,
  sub,
  tensor2d,
  tidy,
  transpose,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { ShapeError } from './errors';
import type { FeatureMap, Statistics } from './types';

/** Statistics of part of a feature map, and how many cells they rest on. */
export interface WeightedStatistics {
  readonly statistics: Statistics; // its count is the sum of the weights
  readonly squares: number; // sum of the squared weights
}

/**
 * Mean and covariance of the cells under soft weights.
 *
 *     mean = sum w x / sum w,   covariance = sum w (x - mean)(x - mean)^T / sum w
 *
 * With weights of 0 and 1 these are the statistics of the chosen cells, cut out.
 *
 * @param features [1, H, W, C], left alive
 * @param weights  H * W numbers of at least 0, row by row
 * @returns new statistics that the caller disposes; null where all weights are 0
 * @throws ShapeError for another number of weights
 */
export function weightedStatistics(features: FeatureMap, weights: Float32Array): WeightedStatistics | null {
  const [, height, width, channels] = features.shape;
  const cells = height * width;
  if (weights.length !== cells) {
    throw new ShapeError(`weightedStatistics: ${weights.length} weights for ${cells} cells; give one each`);
  }
  let [total, squares] = [0, 0];
  for (const weight of weights) {
    total += weight;
    squares += weight * weight;
  }
  if (!(total > 0)) return null;
  const { mean, covariance } = tidy(() => {
    const x = reshape(features, [cells, channels]);
    const shares = tensor2d(
      weights.map((weight) => weight / total),
      [1, cells],
    );
    const mean = matMul(shares, x); // [1, C]
    const offset = transpose(sub<Tensor2D>(x, mean)); // [C, HW]; ahead, as in statisticsOf
    const covariance = matMul<Tensor2D>(mul<Tensor2D>(offset, shares), sub<Tensor2D>(x, mean));
    return { mean: reshape(mean, [channels]) as Tensor1D, covariance };
  });
  return { statistics: { count: total, mean, covariance }, squares };
}

/** How many whole cells say as much as these weighted ones: `(sum w)^2 / sum w^2` (Kish 1965). */
export function effectiveCells(total: number, squares: number): number {
  return squares > 0 ? total ** 2 / squares : 0;
}
