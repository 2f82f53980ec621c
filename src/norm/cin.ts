import { adain } from './adain';
import type { AffineStyle, FeatureEdit, Statistics } from './types';

/**
 * Conditional instance normalisation: one learned scale and shift for each preset style.
 *
 *     gamma * (x - mean_c) / std_c + beta
 *
 * @param content statistics of the photo's features, left alive
 * @param style   the preset's row of the table, gamma [C] and beta [C], left alive
 * @returns       a new edit, mix [C] and bias [C]; the caller disposes it
 *
 * Paper: Dumoulin et al. 2017, arXiv:1610.07629, eq. 5.
 */
export function cin(content: Statistics, { gamma, beta }: AffineStyle): FeatureEdit {
  return adain(content, { mean: beta, std: gamma });
}
