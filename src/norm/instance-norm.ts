import { adain } from './adain';
import type { ChannelStatistics, FeatureEdit, Statistics } from './types';

/**
 * Instance normalisation: every photo gets the statistics of the average photo. It takes no style, and so
 * shows what normalising alone removes: this photo's own contrast and colour cast.
 *
 *     (x - mean_c) / std_c * std_average + mean_average
 *
 * @param content statistics of the photo's features, left alive
 * @param average mean and std [C] over the training photos, left alive
 * @returns       a new edit, mix [C] and bias [C]; the caller disposes it
 *
 * Paper: Ulyanov et al. 2016, arXiv:1607.08022, eq. 4.
 */
export function instanceNorm(content: Statistics, average: ChannelStatistics): FeatureEdit {
  return adain(content, average);
}
