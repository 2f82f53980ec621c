import { square, tidy, type Tensor1D } from '@tensorflow/tfjs-core';
import { predictKernel } from '../../app/models/din-net';
import { mapLevels, type Level, type Levels } from '../../app/models/levels';
import type { Style } from '../../app/models/style';
import type { Networks } from '../../app/models/weights';
import {
  adain,
  channelStatistics,
  cin,
  diagonalOf,
  din,
  instanceNorm,
  wct,
  weightedSum,
  type FeatureEdit,
  type Statistics,
} from '../norm';
import { Stopped } from './failure';
import { asIfLarger } from './few-cells';
import { asIfColoured } from './monochrome';
import type { Norm } from './request';

/** A style of a blend with its share. */
export interface WeightedStyle {
  readonly style: Style;
  readonly weight: number;
}

/**
 * (content statistics, styles) to one edit a level, by any norm; several styles are a weighted sum of their
 * edits. IN takes no style; DIN's predictors are read when they are first needed.
 * @param content left alive
 * @param styles  left alive; their weights are scaled to sum to 1
 * @param monochrome whether the content is a photo without colours: see `asIfColoured`
 * @returns new edits at full strength; the caller disposes them
 * @throws Stopped 'style-has-no-cin'
 * @throws WeightsError of DIN's file
 */
export async function compile(
  networks: Networks,
  norm: Norm,
  content: Levels<Statistics>,
  styles: readonly WeightedStyle[],
  monochrome = false,
): Promise<Levels<FeatureEdit>> {
  const { average } = networks;
  const told = (level: Level, found: Statistics, target: () => Tensor1D): Statistics => {
    const statistics = asIfLarger(found, average[level].std);
    return monochrome ? asIfColoured(statistics, target(), average[level].colour) : statistics;
  };
  if (norm.id === 'in') {
    return tidy(() =>
      mapLevels(content, (statistics, level) =>
        instanceNorm(
          told(level, statistics, () => square(average[level].std)),
          average[level],
        ),
      ),
    );
  }
  const total = styles.reduce((sum, { weight }) => sum + weight, 0);
  const shares = styles.map(({ weight }) => weight / total);
  const editOf = await editsBy(networks, norm);
  return tidy(() =>
    mapLevels(content, (statistics, level) => {
      const edits = styles.map(({ style }) =>
        editOf(
          level,
          told(level, statistics, () => varianceAfter(norm, style, level)),
          style,
        ),
      );
      return weightedSum(edits, shares);
    }),
  );
}

/** What a style's channels will vary by, [C]. */
function varianceAfter({ id }: Norm, { statistics, affine }: Style, level: Level): Tensor1D {
  if (id === 'cin' && affine) return square(affine[level].gamma);
  return diagonalOf(statistics[level].covariance);
}

type EditOf = (level: Level, content: Statistics, style: Style) => FeatureEdit;

/** A norm with all it needs at hand. */
async function editsBy(networks: Networks, norm: Exclude<Norm, { id: 'in' }>): Promise<EditOf> {
  switch (norm.id) {
    case 'cin':
      return (level, content, { affine }) => {
        if (!affine) throw new Stopped({ code: 'style-has-no-cin' });
        return cin(content, affine[level]);
      };
    case 'adain':
      return (level, content, { statistics }) => adain(content, channelStatistics(statistics[level]));
    case 'wct':
      return (level, content, { statistics }) =>
        wct(content, statistics[level], Math.min(norm.groupSize, networks.channels[level]));
    case 'din': {
      const predictors = await networks.din();
      return (level, content, { statistics: { [level]: style } }) =>
        din(content, channelStatistics(style), predictKernel(predictors[level], style));
    }
    default:
      return norm satisfies never;
  }
}
