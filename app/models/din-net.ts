import {
  add,
  concat,
  div,
  eye,
  matMul,
  mean as meanOf,
  outerProduct,
  relu,
  reshape,
  tidy,
  transpose,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import {
  blockDiagonal,
  blocksOf,
  ShapeError,
  stdOf,
  type DynamicKernel,
  type Statistics,
} from '../../src/norm';

/** A fully connected layer: kernel [in, out], bias [out]. */
export interface Dense {
  readonly kernel: Tensor2D;
  readonly bias: Tensor1D;
}

export type DinLayer = 'see' | 'think' | 'pointwise' | 'depthwise' | 'bias';
export type DinWeights = Readonly<Record<DinLayer, Dense>>;

/**
 * Predicts a dynamic convolution from a style's statistics: mean and std over the mean std, and
 * the correlations inside each group. Its depthwise 3x3 and grouped 1x1 parts are departures from the identity.
 *
 * @param weights the trained net, left alive
 * @param style   statistics over C channels, left alive
 * @returns       new depthwise [3, 3, C, 1], pointwise [C, C] with blocks on its diagonal, and bias [C]; the
 *                caller disposes them
 * @throws ShapeError when the net was trained for another number of channels
 *
 * Paper: Jing et al. 2020, arXiv:1911.06953, eq. 4 and section 3.2.
 */
export function predictKernel(weights: DinWeights, style: Statistics): DynamicKernel {
  const channels = weights.bias.bias.size;
  const k = weights.pointwise.bias.size / channels; // channels a group
  if (style.mean.size !== channels) {
    throw new ShapeError(`DIN's net was trained on ${channels} channels, the style has ${style.mean.size}`);
  }
  const dense = (x: Tensor2D, layer: DinLayer): Tensor2D =>
    add(matMul(x, weights[layer].kernel), weights[layer].bias);
  return tidy(() => {
    const std = stdOf(style);
    const scale = meanOf(std);
    const correlation = div<Tensor2D>(style.covariance, outerProduct(std, std));
    const together = reshape(blocksOf(correlation, k), [channels * k]); // group by group
    const seen = concat([div(style.mean, scale), div(std, scale), together]) as Tensor1D;
    const hidden = relu(dense(relu(dense(reshape(seen, [1, seen.size]), 'see')), 'think'));

    const blocks = reshape(dense(hidden, 'pointwise'), [channels / k, k, k]); // [C/k, out, in]
    const pointwise = blockDiagonal(transpose(add<Tensor3D>(blocks, eye(k)), [0, 2, 1])); // [C in, C out]
    const taps = add(reshape(dense(hidden, 'depthwise'), [channels, 9]), [0, 0, 0, 0, 1, 0, 0, 0, 0]); // [C, 9]
    const depthwise = reshape(transpose(taps), [3, 3, channels, 1]) as Tensor4D;
    return { depthwise, pointwise, bias: reshape(dense(hidden, 'bias'), [channels]) as Tensor1D };
  });
}
