import { dispose, div, outerProduct, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Features } from '../../app/models/features';
import { disposeStatistics, pool, stdOf, type Statistics } from '../norm';
import { innerStatistics, type EncodedPicture, type EncodedTile } from './encoded-picture';
import type { Goal } from './goal';
import type { ChannelPortrait } from './numbers';

/**
 * Mean and std of each channel, and the correlation of each pair: `covariance_ij / (std_i std_j)`. EPSILON is
 * inside the stds, so a flat channel goes together with nothing, itself included.
 * @param moments left alive
 */
export async function channelPortrait({ mean, std, covariance }: Goal): Promise<ChannelPortrait> {
  const correlation = tidy(() => div<Tensor2D>(covariance, outerProduct(std, std)));
  try {
    return {
      mean: (await mean.data()) as Float32Array, // all of them are float32
      std: (await std.data()) as Float32Array,
      correlation: (await correlation.data()) as Float32Array,
    };
  } finally {
    correlation.dispose();
  }
}

/** The same of statistics, which stay alive. */
export async function portraitOf(statistics: Statistics): Promise<ChannelPortrait> {
  const std: Tensor1D = stdOf(statistics);
  try {
    return await channelPortrait({ ...statistics, std });
  } finally {
    dispose(std);
  }
}

/**
 * Statistics of the photo's features under an edit, over all tiles, each cell once.
 * @param edited gives a tile's features under the edit: new ones
 * @returns new statistics
 */
export function editedStatistics(
  { tiles }: EncodedPicture,
  edited: (tile: EncodedTile) => Features,
): Statistics {
  const parts: Statistics[] = [];
  try {
    for (const tile of tiles) {
      const features = edited(tile);
      parts.push(innerStatistics(features, tile));
      features.dispose();
    }
    return pool(parts);
  } finally {
    parts.forEach(disposeStatistics);
  }
}
