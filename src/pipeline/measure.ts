import {
  add,
  div,
  mean,
  square,
  squaredDifference,
  sub,
  sum,
  tidy,
  type Scalar,
} from '@tensorflow/tfjs-core';
import type { Networks } from '../../app/models/weights';
import { stdOf, type FeatureMap, type Statistics } from '../norm';
import type { WeightedStyle } from './compile';
import { innerMap, type EncodedPicture, type EncodedTile } from './encoded-picture';
import { goalOf } from './goal';
import type { NormId } from './request';

/*
 * The numbers under each pane. All are of our own encoder, not of VGG-19: they say how well a norm did in the
 * space it works in. The page's notes (app/components/compare/definitions.ts) give the same formulas.
 */

/**
 * Style distance: how far the result's channels are from the style's; for a blend, from `goalOf` it.
 *
 *     mean_c (mean_result - mean_style)^2 + mean_c (std_result - std_style)^2
 *
 * @param result statistics of the result, encoded again; left alive
 * @returns activations squared; 0 when the result has the style's means and stds
 */
export async function styleDistance(result: Statistics, styles: readonly WeightedStyle[]): Promise<number> {
  const distance = tidy(() => {
    const goal = goalOf(styles);
    return add<Scalar>(
      mean<Scalar>(squaredDifference(result.mean, goal.mean)),
      mean<Scalar>(squaredDifference(stdOf(result), goal.std)),
    );
  });
  return read(distance);
}

/**
 * Content distance: how much of the photo's layout is lost. A norm changes each channel's mean and std on
 * purpose, so both are standardised by their own first: what is left is where things are, and the scale
 * of the features does not matter. It equals 2 (1 - r), r the correlation of photo and result over the cells.
 *
 *     mean over cells and channels of (z_result - z_photo)^2,   z = (x - mean) / std
 *
 * @param photo  left alive
 * @param result encoded in the same tiles, left alive
 * @returns 0 for the same layout, 2 for nothing in common
 */
export async function contentDistance(photo: EncodedPicture, result: EncodedPicture): Promise<number> {
  let total = 0;
  const { count, mean: channels } = photo.statistics;
  const z = ({ statistics }: EncodedPicture, tile: EncodedTile): FeatureMap =>
    div(sub(innerMap(tile.features, tile), statistics.mean), stdOf(statistics));
  for (const [index, tile] of photo.tiles.entries()) {
    const other = result.tiles[index];
    if (!other) throw new RangeError('contentDistance: photo and result were cut into different tiles');
    const squares = tidy(() => sum<Scalar>(square(sub(z(result, other), z(photo, tile)))));
    total += (await read(squares)) / (count * channels.size);
  }
  return total;
}

/**
 * Identity error: what the networks change of a photo when no norm does anything, `mean |D(E(x)) - x|`. The
 * encoder gets x without the noise in its flat parts (`encodePhoto`).
 * @returns takes the residuals of one tile after the other, in 0..1, and gives the mean of all, 0..255
 */
export function identityError() {
  let [total, count] = [0, 0];
  return {
    add(residual: Float32Array): void {
      for (const value of residual) total += Math.abs(value);
      count += residual.length;
    },
    mean: (): number => (255 * total) / Math.max(1, count),
  };
}

/**
 * Trained numbers that take part in a picture: encoder and decoder, and what the norm brings of its own.
 * AdaIN and WCT bring nothing: their statistics are measured, not trained.
 * @param styles how many are blended: CIN has a row of its table for each
 */
export function parametersOf({ parameters, channels }: Networks, norm: NormId, styles: number): number {
  const shared = parameters.encoder + parameters.decoder;
  const row = 2 * channels; // gamma and beta, or mean and std
  switch (norm) {
    case 'adain':
    case 'wct':
      return shared;
    case 'in':
      return shared + row;
    case 'cin':
      return shared + row * styles;
    case 'din':
      return shared + parameters.din;
    default:
      return norm satisfies never;
  }
}

async function read(scalar: Scalar): Promise<number> {
  const [value = NaN] = await scalar.data();
  scalar.dispose();
  return value;
}
