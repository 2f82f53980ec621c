import {
  add,
  concat,
  eye,
  matMul,
  mul,
  reshape,
  split,
  sub,
  sum,
  tidy,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
} from '@tensorflow/tfjs-core';
import { adain } from './adain';
import { blockDiagonal, blocksOf } from './blocks';
import { EPSILON, SHRINK } from './constants';
import { sameChannels, ShapeError } from './errors';
import { matrixRoots } from './matrix-roots';
import { channelStatistics, diagonalOf } from './statistics';
import type { FeatureEdit, Statistics } from './types';

/**
 * Whitening and colouring, in groups of neighbouring channels: the content is whitened by its own
 * covariance and coloured by the style's. Group size 1 is AdaIN; one group of all C channels is WCT.
 *
 *     C_s^(1/2) C_c^(-1/2) (x - mean_c) + mean_s  =  mix^T x + bias
 *
 * with each block B shrunk to `B + (SHRINK * trace(B) / g + EPSILON) I`, on content and style alike, so
 * that style = content gives the content back.
 *
 * @param content   statistics of the photo's features, left alive
 * @param style     statistics of the style's features, left alive
 * @param groupSize g, a divisor of C; all channels by default
 * @returns         a new edit, mix [C in, C out] ([C] when g = 1) and bias [C]; the caller disposes it
 * @throws ShapeError when the channel counts differ or g does not divide them
 *
 * Papers: Li et al. 2017, arXiv:1705.08086, eq. 3 and 5; groups: Cho et al. 2019, arXiv:1812.09912, eq. 7.
 */
export function wct(content: Statistics, style: Statistics, groupSize = content.mean.size): FeatureEdit {
  const channels = content.mean.size;
  sameChannels('wct', channels, style.mean.size);
  if (!Number.isInteger(groupSize) || groupSize < 1 || channels % groupSize !== 0) {
    throw new ShapeError(
      `wct: group size ${groupSize} does not divide ${channels} channels; choose a divisor`,
    );
  }
  return tidy(() => {
    if (groupSize === 1) return adain(content, channelStatistics(style));
    const floor = leastEigenvalue(groupSize);
    const blocks = [content, style].map(({ covariance }) => shrunkBlocks(covariance, groupSize));
    const { root, inverseRoot } = matrixRoots(concat(blocks), floor); // together: a thread for each
    const [whiten] = split(inverseRoot, 2);
    const [, colour] = split(root, 2);
    // Rows are cells here, so the product of symmetric roots is transposed: whiten first, then colour.
    const mix = blockDiagonal(matMul(whiten as Tensor3D, colour as Tensor3D)); // [C in, C out]
    const bias = sub<Tensor1D>(
      style.mean,
      reshape(matMul(reshape(content.mean, [1, channels]), mix), [channels]),
    );
    return { mix, bias };
  });
}

/** The blocks on the diagonal of a covariance [C, C], shrunk: new [C/g, g, g]. */
export function shrunkBlocks(covariance: Tensor2D, groupSize: number): Tensor3D {
  const groups = covariance.shape[0] / groupSize;
  return tidy(() => {
    const trace = sum(reshape(diagonalOf(covariance), [groups, groupSize]), 1); // [groups]
    const ridge = reshape(add(mul(trace, SHRINK / groupSize), EPSILON), [groups, 1, 1]);
    return add<Tensor3D>(blocksOf(covariance, groupSize), mul(ridge, eye(groupSize)));
  });
}

/**
 * What shrinking guarantees of a block: its smallest eigenvalue over its Frobenius norm. With t the trace,
 * that is at least `(SHRINK t/g + EPSILON) / (t + sqrt(g) (SHRINK t/g + EPSILON))`, least where EPSILON is
 * nothing beside t; halved, because a covariance measured in float32 may have eigenvalues just below 0.
 */
function leastEigenvalue(groupSize: number): number {
  const share = SHRINK / groupSize;
  return 0.5 * Math.min(share / (1 + Math.sqrt(groupSize) * share), 1 / Math.sqrt(groupSize));
}
