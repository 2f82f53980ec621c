import { tidy } from '@tensorflow/tfjs-core';
import { predictKernel } from '../../app/models/din-net';
import { mapLevels, type Level, type Levels } from '../../app/models/levels';
import type { Style } from '../../app/models/style';
import type { Networks } from '../../app/models/weights';
import {
  adain,
  channelStatistics,
  cin,
  din,
  instanceNorm,
  wct,
  weightedSum,
  type FeatureEdit,
  type Statistics,
} from '../norm';
import { Stopped } from './failure';
import type { Norm } from './request';

/** A style of a blend with its share. */
export interface WeightedStyle {
  readonly style: Style;
  readonly weight: number;
}

/**
 * (content statistics, styles) to one edit a level, by any norm; several styles are a weighted sum of their
 * edits. IN takes no style.
 * @param content left alive
 * @param styles  left alive; their weights are scaled to sum to 1
 * @returns new edits at full strength; the caller disposes them
 * @throws Stopped 'style-has-no-cin'
 */
export function compile(
  networks: Networks,
  norm: Norm,
  content: Levels<Statistics>,
  styles: readonly WeightedStyle[],
): Levels<FeatureEdit> {
  const total = styles.reduce((sum, { weight }) => sum + weight, 0);
  const shares = styles.map(({ weight }) => weight / total);
  return tidy(() =>
    mapLevels(content, (statistics, level) => {
      if (norm.id === 'in') return instanceNorm(statistics, networks.average[level]);
      const edits = styles.map(({ style }) => compileOne(networks, norm, level, statistics, style));
      return weightedSum(edits, shares);
    }),
  );
}

function compileOne(
  networks: Networks,
  norm: Exclude<Norm, { id: 'in' }>,
  level: Level,
  content: Statistics,
  { statistics, affine }: Style,
): FeatureEdit {
  const style = statistics[level];
  switch (norm.id) {
    case 'cin':
      if (!affine) throw new Stopped({ code: 'style-has-no-cin' });
      return cin(content, affine[level]);
    case 'adain':
      return adain(content, channelStatistics(style));
    case 'wct':
      return wct(content, style, Math.min(norm.groupSize, networks.channels[level]));
    case 'din':
      return din(content, channelStatistics(style), predictKernel(networks.din[level], style));
    default:
      return norm satisfies never;
  }
}
