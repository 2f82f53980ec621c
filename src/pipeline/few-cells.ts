import { add, diag, mul, square, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Statistics } from '../norm';

/** Cells from which on a map's own spread stands: a picture of 16 x 16 px. */
const ENOUGH = 16;

/**
 * Statistics of a picture of a few pixels. What spread its cells cannot tell of is the average photo's: a single
 * cell has none, and what the decoder reads beside it, the repeated border, would be blown up to black or white.
 *
 *     share * covariance + (1 - share) * diag(std^2),   share = count / 16, at most 1
 *
 * @param content left alive
 * @param std     of the average photo, [C], left alive
 * @returns       new statistics, the caller disposes them; `content` itself where it has cells enough
 */
export function asIfLarger(content: Statistics, std: Tensor1D): Statistics {
  const { count, mean, covariance } = content;
  if (count >= ENOUGH) return content;
  const share = count / ENOUGH;
  return tidy(() => ({
    count,
    mean: mean.clone() as Tensor1D,
    covariance: add<Tensor2D>(mul(covariance, share), mul(diag(square(std)), 1 - share)),
  }));
}
