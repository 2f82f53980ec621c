import { CELL } from '../../app/models/features';
import type { Box, Size } from './pixels';

/** A part of a large picture: `inner` is what it contributes, `outer` what the networks see. */
export interface Tile {
  readonly inner: Box;
  readonly outer: Box;
}

/**
 * How far a pixel's colour can depend on another: 30 px, DIN's 3x3 edit included; then up to whole cells. With
 * frozen statistics, tiles that overlap by this much are exact.
 */
export const OVERLAP = 32;

/** Longest inner side, px: a full-resolution layer of such a tile takes 64 MB at 16 channels. */
export const TILE_SIDE = 1024;

/** Cuts a picture into near-equal tiles that start on multiples of a cell. A small picture is one tile. */
export function tilesOf({ width, height }: Size, side = TILE_SIDE): Tile[] {
  const columns = spans(width, side);
  return spans(height, side).flatMap((row) =>
    columns.map((column) => ({
      inner: box(column.start, column.end, row.start, row.end),
      outer: box(
        Math.max(0, column.start - OVERLAP),
        Math.min(width, column.end + OVERLAP),
        Math.max(0, row.start - OVERLAP),
        Math.min(height, row.end + OVERLAP),
      ),
    })),
  );
}

function spans(length: number, side: number): { start: number; end: number }[] {
  const count = Math.ceil(length / side);
  const step = Math.ceil(length / count / CELL) * CELL;
  return Array.from({ length: Math.ceil(length / step) }, (_, i) => ({
    start: i * step,
    end: Math.min(length, (i + 1) * step),
  }));
}

function box(left: number, right: number, top: number, bottom: number): Box {
  return { left, top, width: right - left, height: bottom - top };
}
