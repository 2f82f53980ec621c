import { dispose, tidy } from '@tensorflow/tfjs-core';
import { byLevel, LEVELS, mapLevels, type Levels } from '../../app/models/levels';
import { stdOf, type ChannelStatistics, type Statistics } from '../norm';

/** Mean and std of each channel, as plain numbers. */
export interface ChannelNumbers {
  readonly mean: Float32Array; // [C]
  readonly std: Float32Array; // [C]
}

/**
 * How far statistics are apart, counted in stds of the average photo: the root mean square over all channels
 * of the change of the mean and of the std.
 *
 *     d^2 = 1/C sum ((mean_a - mean_b)^2 + (std_a - std_b)^2) / std_photo^2
 *
 * That is the distance of two Gaussians (Wasserstein-2, channel by channel). AdaIN moves mean and std along a
 * line, so at strength alpha it moves by exactly alpha * d.
 */
export function distance(
  a: Levels<ChannelNumbers>,
  b: Levels<ChannelNumbers>,
  unit: Levels<ChannelNumbers>,
): number {
  let [sum, channels] = [0, 0];
  for (const level of LEVELS) {
    const { std } = unit[level];
    std.forEach((one, c) => {
      const mean = (a[level].mean[c] ?? 0) - (b[level].mean[c] ?? 0);
      const spread = (a[level].std[c] ?? 0) - (b[level].std[c] ?? 0);
      sum += (mean ** 2 + spread ** 2) / one ** 2;
    });
    channels += std.length;
  }
  return Math.sqrt(sum / channels);
}

/**
 * The change that an even strength of 1 asks for: the median of the distances of the six sample photos from
 * the presets (quartiles 0.643, 0.812, 0.962; the farthest 1.75), as `npx tsx scripts/measure-change.ts` prints.
 */
export const EVEN_CHANGE = 0.812;

/** The share of the full edit that moves the statistics as far as an even strength says; at most all of it. */
export function evenShare(strength: number, full: number): number {
  return full > 0 ? Math.min(1, (strength * EVEN_CHANGE) / full) : strength;
}

/** A weighted sum of means and stds, as AdaIN's blends have them. */
export function blended(
  parts: readonly { readonly numbers: Levels<ChannelNumbers>; readonly weight: number }[],
): Levels<ChannelNumbers> {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  return byLevel((level) => {
    const mixed = (of: keyof ChannelNumbers): Float32Array =>
      (parts[0]?.numbers[level][of] ?? new Float32Array()).map((_, c) =>
        parts.reduce((sum, { numbers, weight }) => sum + (weight / total) * (numbers[level][of][c] ?? 0), 0),
      );
    return { mean: mixed('mean'), std: mixed('std') };
  });
}

/** Reads means and stds back. The statistics stay alive. */
export async function numbersOf(statistics: Levels<Statistics>): Promise<Levels<ChannelNumbers>> {
  const withStd = tidy(() => mapLevels(statistics, (one) => ({ mean: one.mean.clone(), std: stdOf(one) })));
  try {
    return await readBoth(withStd);
  } finally {
    mapLevels(withStd, ({ mean, std }) => dispose([mean, std]));
  }
}

/** Reads means and stds back, which stay alive. */
export async function readBoth(channels: Levels<ChannelStatistics>): Promise<Levels<ChannelNumbers>> {
  const read = async ({ mean, std }: ChannelStatistics): Promise<ChannelNumbers> => ({
    mean: (await mean.data()) as Float32Array,
    std: (await std.data()) as Float32Array,
  });
  return { fine: await read(channels.fine), coarse: await read(channels.coarse) };
}
