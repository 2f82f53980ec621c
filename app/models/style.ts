import { dispose } from '@tensorflow/tfjs-core';
import { disposeStatistics, type AffineStyle, type Statistics } from '../../src/norm';

/** How strong fine structure is, as std of 0..1 (see src/pipeline/detail.ts). */
export interface Contrast {
  readonly lightness: number;
  readonly colour: number;
}

/** What the norms know of a style. The owner disposes it. */
export interface Style {
  readonly statistics: Statistics;
  /** Left out by older files: the photo's own detail then stays as it is. */
  readonly contrast?: Contrast;
  /** CIN's rows of the table: only a painter it was trained on has them. */
  readonly affine?: AffineStyle;
}

export function disposeStyle({ statistics, affine }: Style): void {
  disposeStatistics(statistics);
  if (affine) dispose([affine.gamma, affine.beta]);
}
