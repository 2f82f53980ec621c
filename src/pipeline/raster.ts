import type { Source } from './engine';
import { Stopped } from './failure';
import type { Pixels, Size } from './pixels';
import { KIND_BYTES, problemOf } from './picture-kind';
import type { ImageType } from './protocol';
import { largeSize } from './size';

/** Longest side of what the page shows of a picture, px. */
export const PREVIEW_SIDE = 2048;

/** A picture the worker can draw at any size. */
export interface OpenPicture {
  readonly size: Size; // upright
  readonly preview: ImageBitmap; // for the page
  readonly source: Source;
  /** Lets go of the copy in memory; `source` draws no more. */
  close(): void;
}

/**
 * Decodes a file, upright by its EXIF rotation. A copy of at most PREVIEW_SIDE px stays in memory; larger
 * sizes are decoded again.
 * @throws Stopped 'picture-unreadable'
 */
export async function openPicture(blob: Blob, name: string): Promise<OpenPicture> {
  const full = await decode(blob, name);
  const size = { width: full.width, height: full.height };
  const scale = Math.min(1, PREVIEW_SIDE / Math.max(size.width, size.height));
  const opened = async (copy: ImageBitmap): Promise<OpenPicture> => ({
    size,
    preview: await createImageBitmap(copy),
    source: sourceOf(size, copy, blob, name),
    close: () => copy.close(),
  });
  if (scale === 1) return opened(full);
  const small = await createImageBitmap(
    drawn(full, { width: atLeast1(size.width * scale), height: atLeast1(size.height * scale) }),
  );
  full.close();
  return opened(small);
}

function sourceOf(size: Size, copy: ImageBitmap, blob: Blob, name: string): Source {
  return {
    size,
    draw: async (wanted) => {
      if (wanted.width <= copy.width && wanted.height <= copy.height) return pixelsOf(drawn(copy, wanted));
      const full = await decode(blob, name);
      const pixels = pixelsOf(drawn(full, wanted));
      full.close();
      return pixels;
    },
  };
}

async function decode(blob: Blob, name: string): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(blob, { imageOrientation: 'from-image', premultiplyAlpha: 'none' });
  } catch {
    const why = problemOf(await beginningOf(blob)); // the browser does not say
    throw new Stopped({ code: 'picture-unreadable', name, why });
  }
}

/** Empty when the file has gone since it was chosen. */
async function beginningOf(blob: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.slice(0, KIND_BYTES).arrayBuffer());
  } catch {
    return new Uint8Array();
  }
}

function drawn(bitmap: ImageBitmap, { width, height }: Size): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = contextOf(canvas);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return canvas;
}

function pixelsOf(canvas: OffscreenCanvas): Pixels {
  return contextOf(canvas).getImageData(0, 0, canvas.width, canvas.height);
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) {
    throw new Stopped({ code: 'out-of-memory' });
  }
  return context;
}

/** A result for the screen. */
export function toBitmap({ width, height, data }: Pixels): Promise<ImageBitmap> {
  return createImageBitmap(new ImageData(unshared(data), width, height), { premultiplyAlpha: 'none' });
}

/** ImageData takes no shared memory. */
function unshared(data: Uint8ClampedArray): Uint8ClampedArray<ArrayBuffer> {
  const { buffer, byteOffset, length } = data;
  return buffer instanceof ArrayBuffer
    ? new Uint8ClampedArray(buffer, byteOffset, length)
    : new Uint8ClampedArray(data);
}

/** What is on screen, to work on. Closes `image`. */
export function toPixels(image: ImageBitmap): Pixels {
  const pixels = pixelsOf(drawn(image, image));
  image.close();
  return pixels;
}

const QUALITY = 0.92;

/** A file of what is on screen. JPEG has no transparency: it gets white paper. Closes `image`. */
export function toFile(image: ImageBitmap, as: ImageType): Promise<Blob> {
  const canvas = drawn(image, image);
  image.close();
  return fileOf(canvas, as);
}

/** A file of pixels, without a copy of them on the way. */
export function pixelsToFile({ width, height, data }: Pixels, as: ImageType): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  contextOf(canvas).putImageData(new ImageData(unshared(data), width, height), 0, 0);
  return fileOf(canvas, as);
}

function fileOf(canvas: OffscreenCanvas, as: ImageType): Promise<Blob> {
  if (as === 'image/jpeg') {
    const context = contextOf(canvas);
    context.globalCompositeOperation = 'destination-over';
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  return canvas.convertToBlob({ type: as, quality: QUALITY });
}

/** Largest canvas that every browser has, px: Safari's on a phone ends there, and some draw nothing beyond. */
const SAFE_CANVAS = 16_777_216;

/** The size at which a photo's large picture can be made here. */
export function drawableSize(photo: Size): Size {
  const size = largeSize(photo);
  return size.width * size.height <= SAFE_CANVAS || isDrawable(size) ? size : largeSize(photo, SAFE_CANVAS);
}

/** Whether the last pixel of a canvas holds what is drawn there. */
function isDrawable({ width, height }: Size): boolean {
  try {
    const context = contextOf(new OffscreenCanvas(width, height));
    context.fillRect(width - 1, height - 1, 1, 1);
    return context.getImageData(width - 1, height - 1, 1, 1).data[3] === 255;
  } catch {
    return false;
  }
}

function atLeast1(length: number): number {
  return Math.max(1, Math.round(length));
}
