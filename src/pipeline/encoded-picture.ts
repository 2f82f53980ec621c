import { slice } from '@tensorflow/tfjs-core';
import { decode } from '../../app/models/decoder';
import { encode } from '../../app/models/encoder';
import { CELL, type Features } from '../../app/models/features';
import type { Contrast } from '../../app/models/style';
import type { Networks } from '../../app/models/weights';
import { disposeStatistics, pool, statisticsOf, type FeatureMap, type Statistics } from '../norm';
import { calmNoise } from './calm-noise';
import { pause, type Control } from './control';
import { contrastOf } from './detail';
import { isMonochrome } from './monochrome';
import { cells, fillOf, fromTensor, opaque, toTensor, type Pixels } from './pixels';
import { tilesOf, type Tile } from './tiles';

/** A tile with its features, and what the decoder loses of it (filled in when first asked for). */
export interface EncodedTile extends Tile {
  readonly features: Features; // of the outer box
  residual?: Float32Array; // what the decoder loses, [inner H * W * 3]
}

/** A picture that went through the encoder once. The owner disposes it. */
export interface EncodedPicture {
  readonly pixels: Pixels;
  readonly tiles: readonly EncodedTile[];
  readonly statistics: Statistics; // pooled over the tiles, each cell once, padding left out
  readonly contrast: Contrast;
  readonly monochrome: boolean; // a photo without colours; no style is asked
  readonly fill: readonly number[]; // colour in place of what is transparent, 0..1
}

/**
 * Encodes a picture of any size, tile by tile.
 * @param tileSide longest inner side of a tile, px
 * @param isPhoto  see `encodePhoto`
 * @throws Stopped 'cancelled', leaving nothing behind
 */
export async function encodePicture(
  networks: Networks,
  pixels: Pixels,
  control: Control,
  tileSide?: number,
  isPhoto = false,
): Promise<EncodedPicture> {
  const tiles: EncodedTile[] = [];
  const parts: Statistics[] = [];
  const plan = tilesOf(pixels, tileSide);
  const rgb = opaque(pixels);
  const wait = () => pause(control, 'encoding', 0);
  const contrast = await contrastOf(rgb, pixels, wait);
  const monochrome = isPhoto && isMonochrome(rgb);
  if (isPhoto) await calmNoise(rgb, pixels, wait);
  try {
    for (const [index, tile] of plan.entries()) {
      const input = toTensor(rgb, pixels, tile.outer);
      try {
        const features = await encode(networks.encoder, input, (done) =>
          pause(control, 'encoding', (index + done) / plan.length),
        );
        tiles.push({ ...tile, features });
        parts.push(innerStatistics(features, tile));
      } finally {
        input.dispose();
      }
    }
    return { pixels, tiles, statistics: pool(parts), contrast, monochrome, fill: fillOf(pixels.data) };
  } catch (error) {
    disposeTiles(tiles);
    throw error;
  } finally {
    parts.forEach(disposeStatistics);
  }
}

/**
 * `encodePicture` of a photo, or of what was made of one: without the noise in its flat parts, which the
 * decoder would paint strokes from. Styles keep theirs.
 */
export function encodePhoto(
  networks: Networks,
  pixels: Pixels,
  control: Control,
  tileSide?: number,
): Promise<EncodedPicture> {
  return encodePicture(networks, pixels, control, tileSide, true);
}

/** Statistics of the cells that hold pixels of the inner box. */
export function innerStatistics(features: Features, tile: Tile): Statistics {
  const part = innerMap(features, tile);
  const statistics = statisticsOf(part);
  part.dispose();
  return statistics;
}

/** The cells that hold pixels of the inner box: a new map. */
export function innerMap(features: Features, { inner, outer }: Tile): FeatureMap {
  const [row, column] = [(inner.top - outer.top) / CELL, (inner.left - outer.left) / CELL];
  const size = [1, cells(inner.height), cells(inner.width), -1];
  return slice(features, [0, row, column, 0], size);
}

/**
 * Features of a tile back to the pixels of its inner box.
 * @param features as large as the tile's own, left alive
 * @returns [inner H * W * 3], not clipped
 */
export async function decodeTile(
  networks: Networks,
  features: Features,
  { inner, outer }: Tile,
  between: (done: number) => Promise<void>,
): Promise<Float32Array> {
  const output = await decode(networks.decoder, features, between);
  const offset = [0, inner.top - outer.top, inner.left - outer.left, 0];
  const part = slice(output, offset, [1, inner.height, inner.width, 3]);
  output.dispose();
  try {
    return await fromTensor(part);
  } finally {
    part.dispose();
  }
}

/** Tiles of a picture whose residuals are kept, at most: 75 MB. Larger pictures find them anew each time. */
const KEPT_TILES = 6;

/** `photo - D(E(photo))` of a tile, transparency filled as the encoder saw it. */
export async function residualOf(
  networks: Networks,
  { pixels, tiles, fill }: EncodedPicture,
  tile: EncodedTile,
  between: (done: number) => Promise<void>,
): Promise<Float32Array> {
  if (tile.residual) return tile.residual;
  const residual = await decodeTile(networks, tile.features, tile, between);
  const { inner } = tile;
  for (let y = 0, i = 0; y < inner.height; y++) {
    let from = ((inner.top + y) * pixels.width + inner.left) * 4;
    for (let x = 0; x < inner.width; x++, i += 3, from += 4) {
      const alpha = (pixels.data[from + 3] ?? 0) / 255;
      for (let c = 0; c < 3; c++) {
        const seen = (alpha * (pixels.data[from + c] ?? 0)) / 255 + (1 - alpha) * (fill[c] ?? 0);
        residual[i + c] = seen - (residual[i + c] ?? 0);
      }
    }
  }
  if (tiles.length <= KEPT_TILES) tile.residual = residual;
  return residual;
}

/**
 * Finds what the decoder loses of a photo before anyone asks: it is work of the photo's own, as encoding is.
 * Does nothing for a picture of so many tiles that it would not be kept.
 * @param decodes called whenever the decoder runs
 */
export async function keepResiduals(
  networks: Networks,
  photo: EncodedPicture,
  control: Control,
  decodes: () => void,
): Promise<void> {
  const { tiles } = photo;
  if (tiles.length > KEPT_TILES) return;
  for (const [index, tile] of tiles.entries()) {
    if (tile.residual) continue;
    decodes();
    await residualOf(networks, photo, tile, (done) =>
      pause(control, 'encoding', (index + done) / tiles.length),
    );
  }
}

export function disposeTiles(tiles: readonly EncodedTile[]): void {
  for (const { features } of tiles) features.dispose();
}

export function disposeEncoded({ tiles, statistics }: EncodedPicture): void {
  disposeTiles(tiles);
  disposeStatistics(statistics);
}
