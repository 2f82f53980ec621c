import { square, tidy, type Tensor1D } from '@tensorflow/tfjs-core';
import { predictKernel } from '../../app/models/din-net';
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
 * (content statistics, styles) to one edit, by any norm; several styles are a weighted sum of their
 * edits. IN takes no style; DIN's predictor is read when it is first needed.
 * @param content left alive
 * @param styles  left alive; their weights are scaled to sum to 1
 * @param monochrome whether the content is a photo without colours: see `asIfColoured`
 * @returns a new edit at full strength; the caller disposes it
 * @throws Stopped 'style-has-no-cin'
 * @throws WeightsError of DIN's file
 */
export async function compile(
  networks: Networks,
  norm: Norm,
  content: Statistics,
  styles: readonly WeightedStyle[],
  monochrome = false,
): Promise<FeatureEdit> {
  const { average } = networks;
  const told = (target: () => Tensor1D): Statistics => {
    const statistics = asIfLarger(content, average.std);
    return monochrome ? asIfColoured(statistics, target(), average.colour) : statistics;
  };
  if (norm.id === 'in') {
    return tidy(() =>
      instanceNorm(
        told(() => square(average.std)),
        average,
      ),
    );
  }
  const total = styles.reduce((sum, { weight }) => sum + weight, 0);
  const shares = styles.map(({ weight }) => weight / total);
  const editOf = await editsBy(networks, norm);
  return tidy(() => {
    const edits = styles.map(({ style }) =>
      editOf(
        told(() => varianceAfter(norm, style)),
        style,
      ),
    );
    return weightedSum(edits, shares);
  });
}

/** What a style's channels will vary by, [C]. */
function varianceAfter({ id }: Norm, { statistics, affine }: Style): Tensor1D {
  if (id === 'cin' && affine) return square(affine.gamma);
  return diagonalOf(statistics.covariance);
}

type EditOf = (content: Statistics, style: Style) => FeatureEdit;

/** A norm with all it needs at hand. */
async function editsBy(networks: Networks, norm: Exclude<Norm, { id: 'in' }>): Promise<EditOf> {
  switch (norm.id) {
    case 'cin':
      return (content, { affine }) => {
        if (!affine) throw new Stopped({ code: 'style-has-no-cin' });
        return cin(content, affine);
      };
    case 'adain':
      return (content, { statistics }) => adain(content, channelStatistics(statistics));
    case 'wct':
      return (content, { statistics }) => wct(content, statistics, norm.groupSize);
    case 'din': {
      const predictor = await networks.din();
      return (content, { statistics }) =>
        din(content, channelStatistics(statistics), predictKernel(predictor, statistics));
    }
    default:
      return norm satisfies never;
  }
}
