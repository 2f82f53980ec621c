import { addN, mul, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { stdOf, type Statistics } from '../norm';
import type { WeightedStyle } from './compile';

/** The statistics that a style asks for. A type: tidy() takes only those. */
export type Goal = {
  readonly mean: Tensor1D; // [C]
  readonly std: Tensor1D; // [C], EPSILON inside its root
  readonly covariance: Tensor2D; // [C, C]
};

/**
 * What a blend asks for: the weighted sums of the styles' means, stds and covariances, as a weighted sum of
 * AdaIN's edits has them. Of one style, its own.
 * @param styles at least one, left alive; their weights are scaled to sum to 1
 * @returns new tensors
 */
export function goalOf(styles: readonly WeightedStyle[]): Goal {
  const total = styles.reduce((sum, { weight }) => sum + weight, 0);
  const mix = <T extends Tensor1D | Tensor2D>(of: (one: Statistics) => T): T =>
    addN(styles.map(({ style, weight }) => mul<T>(of(style.statistics), weight / total)));
  return tidy(() => ({
    mean: mix(({ mean }) => mean),
    std: mix(stdOf),
    covariance: mix(({ covariance }) => covariance),
  }));
}
