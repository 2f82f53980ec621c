import { dispose, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { CELL } from '../../app/models/features';
import { disposeStatistics, effectiveCells, pool, weightedStatistics, type Statistics } from '../norm';
import { eroded } from './erode';
import { innerMap, type EncodedPicture } from './encoded-picture';
import { cells, type Box, type Size } from './pixels';

/** How much of each pixel belongs to each region and to none, [H * W] each; together 1 everywhere. */
export interface Shares {
  readonly regions: readonly Float32Array[];
  readonly rest: Float32Array;
}

/** Lays masks over each other, a later one over an earlier one: `s_k = m_k * prod over j > k of (1 - m_j)`. */
export function sharesOf(masks: readonly Float32Array[], pixels: number): Shares {
  const rest = new Float32Array(pixels).fill(1);
  const regions = [...masks].reverse().map((mask) =>
    mask.map((cover, p) => {
      const share = cover * (rest[p] ?? 0);
      rest[p] = (rest[p] ?? 0) - share;
      return share;
    }),
  );
  return { regions: regions.reverse(), rest };
}

/** Less of a pixel than this is none of it. */
const NOTHING = 1e-6;

/**
 * What the networks paint where the photo is the rest: the regions alone wherever they have any share, the rest only
 * where they have none. Their soft edges are mixed with the photo afterwards, pixel by pixel.
 */
export function amongThemselves({ regions, rest }: Shares): Shares {
  const painted = rest.map((_, p) => regions.reduce((sum, one) => sum + (one[p] ?? 0), 0));
  const of = (share: number, p: number): number => {
    const all = painted[p] ?? 0;
    return all > NOTHING ? share / all : 0;
  };
  return { regions: regions.map((one) => one.map(of)), rest: painted.map((all) => (all > NOTHING ? 0 : 1)) };
}

/**
 * Shares of pixels to shares of cells: the mean over the pixels of a cell that are in the picture.
 * Cells of the padding repeat the last.
 * @param box a part of the picture that starts on a whole cell
 * @returns [rows * columns]
 */
export function cellShares(
  shares: Float32Array,
  { width }: Size,
  box: Box,
  rows = cells(box.height),
  columns = cells(box.width),
): Float32Array {
  const [lastRow, lastColumn] = [cells(box.height) - 1, cells(box.width) - 1];
  const result = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [top, left] = [Math.min(row, lastRow) * CELL, Math.min(column, lastColumn) * CELL];
      const [bottom, right] = [Math.min(top + CELL, box.height), Math.min(left + CELL, box.width)];
      let sum = 0;
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) sum += shares[(box.top + y) * width + box.left + x] ?? 0;
      }
      result[row * columns + column] = sum / ((bottom - top) * (right - left));
    }
  }
  return result;
}

/** What a region's statistics rest on: its covariance, its variances alone, or the whole picture. */
export type Basis = 'covariance' | 'variances' | 'whole';

export interface RegionStatistics {
  readonly statistics: Statistics;
  readonly basis: Basis;
}

/** Cells that variances need. */
const LEAST_CELLS = 64;

/** Cells a channel that a covariance needs: with one it is singular, and cells side by side see much the same. */
const CELLS_A_CHANNEL = 8;

export function basisFor(cells: number, channels: number): Basis {
  if (cells >= CELLS_A_CHANNEL * channels) return 'covariance';
  return cells >= LEAST_CELLS ? 'variances' : 'whole';
}

/**
 * Statistics of the photo's features inside a region; where it has too few cells for them, what those allow.
 * Cells along its edge hear of what lies outside, and are left out where the others say as much without them.
 * @param shares of the region, [H * W]
 * @returns new statistics; the caller disposes them
 */
export function regionStatistics(photo: EncodedPicture, shares: Float32Array): RegionStatistics {
  const inner = statisticsUnder(photo, eroded(shares, photo.pixels));
  if (inner.basis === 'covariance') return inner;
  const whole = statisticsUnder(photo, shares);
  const [better, other] = inner.basis === whole.basis ? [inner, whole] : [whole, inner];
  disposeStatistics(other.statistics);
  return better;
}

function statisticsUnder(photo: EncodedPicture, shares: Float32Array): RegionStatistics {
  const { parts, cells } = partsOf(photo, shares);
  const basis = basisFor(cells, photo.statistics.mean.size);
  const statistics = basis === 'whole' ? copied(photo.statistics) : pool(parts);
  parts.forEach(disposeStatistics);
  return { statistics, basis };
}

/** One part a tile, and over how many cells in all. */
function partsOf(photo: EncodedPicture, shares: Float32Array) {
  const parts: Statistics[] = [];
  let [total, squares] = [0, 0];
  for (const tile of photo.tiles) {
    const map = innerMap(tile.features, tile);
    const part = weightedStatistics(map, cellShares(shares, photo.pixels, tile.inner));
    dispose(map);
    if (!part) continue;
    parts.push(part.statistics);
    total += part.statistics.count;
    squares += part.squares;
  }
  return { parts, cells: effectiveCells(total, squares) };
}

function copied({ count, mean, covariance }: Statistics): Statistics {
  return tidy(() => ({ count, mean: mean.clone() as Tensor1D, covariance: covariance.clone() as Tensor2D }));
}
