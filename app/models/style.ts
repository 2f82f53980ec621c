import { dispose } from '@tensorflow/tfjs-core';
import { disposeStatistics, type AffineStyle, type Statistics } from '../../src/norm';
import { mapLevels, type Levels } from './levels';

/** How strong fine structure is, as std of 0..1 (see src/pipeline/detail.ts). */
export interface Contrast {
  readonly lightness: number;
  readonly colour: number;
}

/** What the norms know of a style. The owner disposes it. */
export interface Style {
  readonly statistics: Levels<Statistics>;
  /** Left out by older files: the photo's own detail then stays as it is. */
  readonly contrast?: Contrast;
  /** CIN's rows of the table: only a painter it was trained on has them. */
  readonly affine?: Levels<AffineStyle>;
}

export function disposeStyle({ statistics, affine }: Style): void {
  mapLevels(statistics, disposeStatistics);
  if (affine) mapLevels(affine, ({ gamma, beta }) => dispose([gamma, beta]));
}
