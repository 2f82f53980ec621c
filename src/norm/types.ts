import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';

/** Activations of one layer, float32, [1, H, W, C]. Dimensionless: never pixels. */
export type FeatureMap = Tensor4D;

/** First and second moments of features over `count` cells. Variance divides by the count. */
export interface Statistics {
  readonly count: number;
  readonly mean: Tensor1D; // [C]
  readonly covariance: Tensor2D; // [C, C], without EPSILON
}

/** What a norm needs of a style when only its channels matter. `std` has EPSILON inside its root. */
export interface ChannelStatistics {
  readonly mean: Tensor1D; // [C]
  readonly std: Tensor1D; // [C], never 0
}

/** A style that was learned as an affine pair: CIN's row of the table. */
export interface AffineStyle {
  readonly gamma: Tensor1D; // [C]
  readonly beta: Tensor1D; // [C]
}

/**
 * A convolution that looks at a cell and its eight neighbours: each channel by a 3x3 kernel of its own, then
 * all channels together, cell by cell. As one kernel: `kernel[y, x, i, o] = depthwise[y, x, i] pointwise[i, o]`.
 */
export type LocalPart = {
  readonly depthwise: Tensor4D; // [3, 3, C, 1]
  readonly pointwise: Tensor2D; // [C in, C out]
}; // a type, not an interface: tidy() takes only those

/** What DIN's net predicts from a style, acting on standardised features. */
export interface DynamicKernel extends LocalPart {
  readonly bias: Tensor1D; // [C], in units of the style's std
}

/**
 * What every norm compiles to, on raw features: `mix(x) + sum of local(x) + bias`. Without a `mix`, that term
 * is 0. Edits add and scale term by term: local parts are put beside each other, and their pointwise scaled.
 * The owner disposes it (`disposeEdit`).
 */
export type FeatureEdit = {
  readonly mix?: Tensor1D | Tensor2D; // [C] per channel, or [C in, C out]
  readonly local?: LocalPart[]; // reflection-padded
  readonly bias: Tensor1D; // [C]
};
