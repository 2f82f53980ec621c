import {
  add,
  addN,
  engine,
  getBackend,
  getKernel,
  matMul,
  mean as meanOf,
  mul,
  outerProduct,
  pad,
  reshape,
  slice,
  sqrt,
  sub,
  tidy,
  transpose,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { EPSILON } from './constants';
import { ShapeError } from './errors';
import type { ChannelStatistics, FeatureMap, Statistics } from './types';

/**
 * A tfjs kernel that a backend may have: from x [1, H, W, C], C a multiple of 8, to mean [C] and covariance
 * [C, C]. `statisticsOf` runs it where there is one.
 */
export const COVARIANCE = 'StatistyleCovariance';

/**
 * Mean and covariance of a feature map over its cells, in two passes: one-pass variance cancels in float32.
 *
 *     mean = sum x / n,   covariance = sum (x - mean)(x - mean)^T / n
 *
 * @param features [1, H, W, C], left alive
 * @returns new statistics; the caller disposes them
 */
export function statisticsOf(features: FeatureMap): Statistics {
  const [, height, width, channels] = features.shape;
  const count = height * width;
  if (channels % 8 === 0 && getKernel(COVARIANCE, getBackend())) {
    const [mean, covariance] = engine().runKernel<Tensor[]>(COVARIANCE, { x: features });
    return { count, mean: mean as Tensor1D, covariance: covariance as Tensor2D };
  }
  const { mean, covariance } = tidy(() => {
    const x = reshape(features, [count, channels]);
    const transposed = transpose(x); // [C, HW]; ahead, because on wasm a matMul that transposes is ten times slower
    const mean = meanOf<Tensor1D>(transposed, 1); // [C]
    const products = matMul(sub<Tensor2D>(transposed, reshape(mean, [channels, 1])), sub<Tensor2D>(x, mean));
    return { mean, covariance: mul<Tensor2D>(products, 1 / count) };
  });
  return { count, mean, covariance };
}

/**
 * Standard deviations, `sqrt(variance + EPSILON)`.
 * @returns a new [C]
 */
export function stdOf({ covariance }: Statistics): Tensor1D {
  return tidy(() => sqrt(add(diagonalOf(covariance), EPSILON)));
}

/** Mean and std of the same statistics; `mean` is shared with the input, `std` is new. */
export function channelStatistics(statistics: Statistics): ChannelStatistics {
  return { mean: statistics.mean, std: stdOf(statistics) };
}

/** The diagonal of a square matrix [C, C], as a new [C]. */
export function diagonalOf(matrix: Tensor2D): Tensor1D {
  const [rows, columns] = matrix.shape;
  return tidy(() => {
    // Every (C + 1)-th value: in rows longer by one, each row starts on the diagonal.
    const longer = reshape(pad(reshape(matrix, [rows * columns]), [[0, rows]]), [rows, columns + 1]);
    return reshape(slice(longer, [0, 0], [rows, 1]), [rows]);
  });
}

/**
 * Many pictures as one style: the moments of the union of their cells.
 *
 *     mean = sum w_k mean_k,   covariance = sum w_k (cov_k + (mean_k - mean)(mean_k - mean)^T)
 *
 * @param parts   at least one, left alive
 * @param weights shares of the whole, by default each part's count of cells; scaled to sum to 1
 * @returns new statistics over all cells; the caller disposes them
 * @throws ShapeError for no parts, or weights that do not fit them
 */
export function pool(parts: readonly Statistics[], weights = parts.map((part) => part.count)): Statistics {
  const total = weights.reduce((a, b) => a + b, 0);
  if (parts.length === 0 || weights.length !== parts.length || !(total > 0)) {
    throw new ShapeError(
      `pool: ${parts.length} statistics with ${weights.length} weights that add up to ${total}; give one positive weight each`,
    );
  }
  const { mean, covariance } = tidy(() => {
    const mean = addN(parts.map((part, k) => mul<Tensor1D>(part.mean, (weights[k] ?? 0) / total)));
    const covariance = addN(
      parts.map((part, k) => {
        const offset = sub<Tensor1D>(part.mean, mean);
        return mul<Tensor2D>(add(part.covariance, outerProduct(offset, offset)), (weights[k] ?? 0) / total);
      }),
    );
    return { mean, covariance };
  });
  return { count: parts.reduce((n, part) => n + part.count, 0), mean, covariance };
}

export function disposeStatistics({ mean, covariance }: Statistics): void {
  mean.dispose();
  covariance.dispose();
}
