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
export function distance(a: ChannelNumbers, b: ChannelNumbers, { std }: ChannelNumbers): number {
  const squares = std.map((one, c) => {
    const mean = (a.mean[c] ?? 0) - (b.mean[c] ?? 0);
    const spread = (a.std[c] ?? 0) - (b.std[c] ?? 0);
    return (mean ** 2 + spread ** 2) / one ** 2;
  });
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / std.length);
}

/**
 * The change that an even strength of 1 asks for: the median of the distances of the six sample photos from
 * the presets (quartiles 0.624, 0.753, 0.934; the farthest 2.02), as `npx tsx scripts/measure-change.ts` prints.
 */
export const EVEN_CHANGE = 0.753;

/** The share of the full edit that moves the statistics as far as an even strength says; at most all of it. */
export function evenShare(strength: number, full: number): number {
  return full > 0 ? Math.min(1, (strength * EVEN_CHANGE) / full) : strength;
}

/** A weighted sum of means and stds, as AdaIN's blends have them. */
export function blended(
  parts: readonly { readonly numbers: ChannelNumbers; readonly weight: number }[],
): ChannelNumbers {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const mixed = (of: keyof ChannelNumbers): Float32Array =>
    (parts[0]?.numbers[of] ?? new Float32Array()).map((_, c) =>
      parts.reduce((sum, { numbers, weight }) => sum + (weight / total) * (numbers[of][c] ?? 0), 0),
    );
  return { mean: mixed('mean'), std: mixed('std') };
}

/** Reads means and stds back. The statistics stay alive. */
export async function numbersOf(statistics: Statistics): Promise<ChannelNumbers> {
  const std = stdOf(statistics);
  try {
    return await readBoth({ mean: statistics.mean, std });
  } finally {
    std.dispose();
  }
}

/** Reads means and stds back, which stay alive. */
export async function readBoth({ mean, std }: ChannelStatistics): Promise<ChannelNumbers> {
  return { mean: (await mean.data()) as Float32Array, std: (await std.data()) as Float32Array };
}
