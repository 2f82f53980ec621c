import { dispose, tidy } from '@tensorflow/tfjs-core';
import { predictKernel } from '../../app/models/din-net';
import type { Networks } from '../../app/models/weights';
import {
  adain,
  channelStatistics,
  din,
  disposeEdit,
  instanceNorm,
  wct,
  weightedSum,
  type FeatureEdit,
  type Statistics,
} from '../norm';
import type { Norm } from './request';

/** A style of a blend with its share. */
export interface WeightedStyle {
  readonly statistics: Statistics;
  readonly weight: number;
}

/**
 * (content statistics, style statistics) to one edit, by any norm; several styles are a weighted sum of
 * their edits. IN takes no style.
 * @param styles left alive; their weights are scaled to sum to 1
 * @returns a new edit at full strength; the caller disposes it
 */
export function compile(
  networks: Networks,
  norm: Norm,
  content: Statistics,
  styles: readonly WeightedStyle[],
): FeatureEdit {
  if (norm.id === 'in') return instanceNorm(content, networks.average);
  const total = styles.reduce((sum, { weight }) => sum + weight, 0);
  const edits = styles.map(({ statistics }) => compileOne(networks, norm, content, statistics));
  const blend = weightedSum(
    edits,
    styles.map(({ weight }) => weight / total),
  );
  edits.forEach(disposeEdit);
  return blend;
}

function compileOne(
  networks: Networks,
  norm: Exclude<Norm, { id: 'in' }>,
  content: Statistics,
  style: Statistics,
): FeatureEdit {
  return tidy(() => {
    switch (norm.id) {
      case 'adain':
        return adain(content, channelStatistics(style));
      case 'wct':
        return wct(content, style, norm.groupSize);
      case 'din': {
        const dynamic = predictKernel(networks.din, style);
        const edit = din(content, channelStatistics(style), dynamic);
        dispose([dynamic.kernel, dynamic.bias]);
        return edit;
      }
      default:
        return norm satisfies never;
    }
  });
}
