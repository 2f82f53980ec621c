import {
  add,
  concat,
  div,
  eye,
  matMul,
  mean as meanOf,
  mul,
  outerProduct,
  relu,
  reshape,
  stridedSlice,
  tidy,
  tile,
  transpose,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { ShapeError, stdOf, type DynamicKernel, type Statistics } from '../../src/norm';

/** A fully connected layer: kernel [in, out], bias [out]. */
export interface Dense {
  readonly kernel: Tensor2D;
  readonly bias: Tensor1D;
}

export type DinLayer = 'see' | 'think' | 'pointwise' | 'depthwise' | 'bias';
export type DinWeights = Readonly<Record<DinLayer, Dense>>;

/**
 * Predicts one level's dynamic convolution from a style's statistics: mean and std over the mean std, and
 * the correlations inside each group. Its depthwise 3x3 and grouped 1x1 parts, both departures from the
 * identity, are multiplied into one grouped kernel.
 *
 * @param weights the trained net, left alive
 * @param style   statistics over C channels, left alive
 * @returns       new kernel [3, 3, C/G, C] and bias [C]; the caller disposes both
 * @throws ShapeError when the net was trained for another number of channels
 *
 * Paper: Jing et al. 2020, arXiv:1911.06953, eq. 4 and section 3.2.
 */
export function predictKernel(weights: DinWeights, style: Statistics): DynamicKernel {
  const channels = weights.bias.bias.size;
  const k = weights.pointwise.bias.size / channels; // channels a group
  const groups = channels / k;
  if (style.mean.size !== channels) {
    throw new ShapeError(`DIN's net was trained on ${channels} channels, the style has ${style.mean.size}`);
  }
  const dense = (x: Tensor2D, layer: DinLayer): Tensor2D =>
    add(matMul(x, weights[layer].kernel), weights[layer].bias);
  return tidy(() => {
    const std = stdOf(style);
    const scale = meanOf(std);
    const correlation = div<Tensor2D>(style.covariance, outerProduct(std, std));
    const seen = concat([div(style.mean, scale), div(std, scale), groupBlocks(correlation, k)]) as Tensor1D;
    const hidden = relu(dense(relu(dense(reshape(seen, [1, seen.size]), 'see')), 'think'));

    const identity = tile(eye(k), [groups, 1]); // [C, k], row o reads its own input
    const pointwise = add(reshape(dense(hidden, 'pointwise'), [channels, k]), identity); // [C out, k in]
    const depthwise = reshape(dense(hidden, 'depthwise'), [channels, 9]); // [C in, 9]
    const withCentre = add(depthwise, [0, 0, 0, 0, 1, 0, 0, 0, 0]);
    // kernel[o, i, tap] = pointwise[o, i] * depthwise[i of o's group, tap]
    const product = mul(reshape(pointwise, [groups, k, k, 1]), reshape(withCentre, [groups, 1, k, 9])); // [G, out, in, 9]
    const kernel = reshape(transpose(product, [3, 2, 0, 1]), [3, 3, k, channels]) as Tensor4D;
    return { kernel, bias: reshape(dense(hidden, 'bias'), [channels]) as Tensor1D };
  });
}

/** The k x k blocks on the diagonal of [C, C], flattened group by group: new [C * k]. */
function groupBlocks(matrix: Tensor2D, k: number): Tensor1D {
  const groups = matrix.shape[0] / k;
  return tidy(() => {
    const pairs = transpose(reshape(matrix, [groups, k, groups, k]), [1, 3, 0, 2]); // [k, k, groups, groups]
    const flat = reshape(pairs, [k * k, groups * groups]);
    const diagonal = stridedSlice(flat, [0, 0], [k * k, groups * groups], [1, groups + 1]); // [k * k, groups]
    return reshape(transpose(diagonal), [groups * k * k]) as Tensor1D;
  });
}
