import {
  add,
  div,
  matMul,
  mul,
  reshape,
  sub,
  sum,
  tidy,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { sameChannels } from './errors';
import { stdOf } from './statistics';
import type { ChannelStatistics, DynamicKernel, FeatureEdit, Statistics } from './types';

/**
 * Dynamic instance normalisation: standardised content goes through a small convolution that a net
 * predicted from the style, then takes on the style's spread and mean.
 *
 *     (P D (x - mean_c) / std_c + b) std_s + mean_s  =  local(x) + bias,   D depthwise 3x3, P pointwise
 *
 * Reflection padding keeps the mean a constant, and D takes each channel alone, so standardising and the
 * style's spread fold into P, and all constants into one bias.
 *
 * @param content statistics of the photo's features, left alive
 * @param style   mean and std [C] of the style's features, left alive
 * @param dynamic depthwise [3, 3, C, 1], pointwise [C, C] and bias [C] as predicted for that style, left alive
 * @returns       a new edit, one local part and bias [C], no mix; the caller disposes it
 * @throws ShapeError when the channel counts differ
 *
 * Paper: Jing et al. 2020, arXiv:1911.06953, eq. 3 and 4.
 */
export function din(content: Statistics, style: ChannelStatistics, dynamic: DynamicKernel): FeatureEdit {
  const channels = content.mean.size;
  sameChannels('din', channels, style.mean.size);
  sameChannels('din', channels, dynamic.bias.size);
  return tidy(() => {
    const ofStyle = mul(dynamic.pointwise, style.std); // its columns are outputs
    const pointwise = div<Tensor2D>(ofStyle, reshape(stdOf(content), [channels, 1])); // its rows inputs
    const seen = mul(content.mean, reshape(sum(dynamic.depthwise, [0, 1]), [channels])); // what D makes of the mean
    const removed = reshape(matMul(reshape(seen, [1, channels]), pointwise), [channels]);
    const bias = sub<Tensor1D>(add(mul(dynamic.bias, style.std), style.mean), removed);
    return { local: [{ depthwise: dynamic.depthwise.clone(), pointwise }], bias };
  });
}
