import { div, mul, sub, tidy, type Tensor1D } from '@tensorflow/tfjs-core';
import { sameChannels } from './errors';
import { stdOf } from './statistics';
import type { ChannelStatistics, FeatureEdit, Statistics } from './types';

/**
 * Adaptive instance normalisation: the content keeps its layout and takes on the style's mean and spread,
 * channel by channel.
 *
 *     (x - mean_c) / std_c * std_s + mean_s  =  mix * x + bias
 *
 * @param content statistics of the photo's features, left alive
 * @param style   mean and std [C] of the style's features, left alive
 * @returns       a new edit, mix [C] and bias [C]; the caller disposes it
 * @throws ShapeError when the channel counts differ
 *
 * Units: activations in, activations out.
 * Paper: Huang & Belongie 2017, arXiv:1703.06868, eq. 8.
 */
export function adain(content: Statistics, style: ChannelStatistics): FeatureEdit {
  sameChannels('adain', content.mean.size, style.mean.size);
  return tidy(() => {
    const mix = div<Tensor1D>(style.std, stdOf(content)); // [C]
    const bias = sub<Tensor1D>(style.mean, mul(mix, content.mean)); // [C]
    return { mix, bias };
  });
}
