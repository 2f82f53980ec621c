import {
  add,
  div,
  mul,
  reshape,
  sub,
  sum,
  tidy,
  transpose,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { sameChannels, ShapeError } from './errors';
import { stdOf } from './statistics';
import type { ChannelStatistics, DynamicKernel, FeatureEdit, Statistics } from './types';

/**
 * Dynamic instance normalisation: standardised content goes through a small convolution that a net
 * predicted from the style, then takes on the style's spread and mean.
 *
 *     (K * (x - mean_c) / std_c + b) std_s + mean_s  =  local(x) + bias
 *
 * Reflection padding keeps the mean a constant, so all of it folds into one kernel and one bias.
 *
 * @param content statistics of the photo's features, left alive
 * @param style   mean and std [C] of the style's features, left alive
 * @param dynamic kernel [3, 3, C/G, C] and bias [C] as predicted for that style, left alive
 * @returns       a new edit, local [3, 3, C/G, C] and bias [C], no mix; the caller disposes it
 * @throws ShapeError when the channel counts differ
 *
 * Paper: Jing et al. 2020, arXiv:1911.06953, eq. 3 and 4.
 */
export function din(content: Statistics, style: ChannelStatistics, dynamic: DynamicKernel): FeatureEdit {
  const channels = content.mean.size;
  const [, , perGroup, outputs] = dynamic.kernel.shape;
  sameChannels('din', channels, style.mean.size);
  sameChannels('din', channels, outputs);
  if (channels % perGroup !== 0) {
    throw new ShapeError(`din: groups of ${perGroup} do not divide ${channels} channels`);
  }
  return tidy(() => {
    const groups = channels / perGroup;
    const byInput = (v: Tensor1D) => reshape(v, [1, groups, perGroup, 1]); // the inputs of each group
    const kernel = transpose(reshape(dynamic.kernel, [9, perGroup, groups, perGroup]), [0, 2, 1, 3]); // [9, G, in, out]
    const scaled = div(mul(kernel, reshape(style.std, [1, groups, 1, perGroup])), byInput(stdOf(content)));
    const removed = reshape(sum(mul(scaled, byInput(content.mean)), [0, 2]), [channels]);
    const bias = sub<Tensor1D>(add(mul(dynamic.bias, style.std), style.mean), removed);
    const local = reshape(transpose(scaled, [0, 2, 1, 3]), [3, 3, perGroup, channels]) as Tensor4D;
    return { local, bias };
  });
}
