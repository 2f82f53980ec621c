import { dispose } from '@tensorflow/tfjs-core';
import { disposeStatistics, type AffineStyle, type Statistics } from '../../src/norm';
import { mapLevels, type Levels } from './levels';

/** What the norms know of a style. The owner disposes it. */
export interface Style {
  readonly statistics: Levels<Statistics>;
  /** CIN's rows of the table: only a painter it was trained on has them. */
  readonly affine?: Levels<AffineStyle>;
}

export function disposeStyle({ statistics, affine }: Style): void {
  mapLevels(statistics, disposeStatistics);
  if (affine) mapLevels(affine, ({ gamma, beta }) => dispose([gamma, beta]));
}
