import { tensor4d, type Tensor4D } from '@tensorflow/tfjs-core';
import { CELL } from '../../app/models/features';
import type { Size } from './size';

export { sizeAt, type Size } from './size'; // apart, so that the page can have it without tfjs

/** An sRGB picture, 4 bytes a pixel, alpha not premultiplied. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray; // RGBA, row by row
}

/** A rectangle of a picture, px. */
export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

/** The smallest side the networks take: two cells, so that reflection has something to reflect. */
const SMALLEST = 2 * CELL;

/** Up to whole cells, at least two. */
export function padded(length: number): number {
  return Math.max(SMALLEST, Math.ceil(length / CELL) * CELL);
}

/** Cells along one side that hold at least one pixel of the picture. */
export function cells(length: number): number {
  return Math.ceil(length / CELL);
}

/**
 * RGB floats in 0..1 of the whole picture, transparency replaced by the picture's mean visible colour:
 * the networks see no holes, and half-transparent edges take no halo.
 * @returns [H * W * 3]
 */
export function opaque({ width, height, data }: Pixels): Float32Array {
  const rgb = new Float32Array(width * height * 3);
  const fill = fillOf(data);
  for (let i = 0, o = 0; i < data.length; i += 4, o += 3) {
    const alpha = (data[i + 3] ?? 0) / 255;
    for (let c = 0; c < 3; c++)
      rgb[o + c] = (alpha * (data[i + c] ?? 0)) / 255 + (1 - alpha) * (fill[c] ?? 0);
  }
  return rgb;
}

/** The mean visible colour, which stands in for what is transparent, in 0..1. */
export function fillOf(data: Uint8ClampedArray): readonly number[] {
  const sum = [0, 0, 0];
  let weight = 0;
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3] ?? 0;
    weight += alpha;
    for (let c = 0; c < 3; c++) sum[c] = (sum[c] ?? 0) + alpha * (data[i + c] ?? 0);
  }
  return sum.map((s) => (weight > 0 ? s / weight / 255 : 0.5));
}

/**
 * A rectangle of a picture for the networks, padded right and bottom by repeating the edge.
 * @param rgb [H * W * 3] of the whole picture
 * @returns a new [1, padded height, padded width, 3]; the caller disposes it
 */
export function toTensor(rgb: Float32Array, { width }: Size, box: Box): Tensor4D {
  const [rows, columns] = [padded(box.height), padded(box.width)];
  const values = new Float32Array(rows * columns * 3);
  for (let y = 0; y < rows; y++) {
    const from = (box.top + Math.min(y, box.height - 1)) * width + box.left;
    const to = y * columns;
    values.set(rgb.subarray(from * 3, (from + box.width) * 3), to * 3);
    const last = (from + box.width - 1) * 3;
    for (let x = box.width; x < columns; x++) values.set(rgb.subarray(last, last + 3), (to + x) * 3);
  }
  return tensor4d(values, [1, rows, columns, 3]);
}

/** Reads an output of the networks back: [H * W * 3]. The tensor stays alive. */
export async function fromTensor(output: Tensor4D): Promise<Float32Array> {
  return (await output.data()) as Float32Array; // the networks' outputs are float32
}

/** Floats in 0..1 to bytes, with the alpha of the picture they came from. */
export function toPixels(rgb: Float32Array, { width, height, data: source }: Pixels): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0, o = 0; i < data.length; i += 4, o += 3) {
    data[i] = (rgb[o] ?? 0) * 255; // clamped arrays round and clip
    data[i + 1] = (rgb[o + 1] ?? 0) * 255;
    data[i + 2] = (rgb[o + 2] ?? 0) * 255;
    data[i + 3] = source[i + 3] ?? 255;
  }
  return { width, height, data };
}
