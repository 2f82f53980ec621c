import { MASK_SIDE, type Brush } from '../store/regions-slice';
import type { Size } from '../../src/pipeline/size';

/**
 * Masks on the page are canvases whose alpha is the mask, in a colour that shows over any picture; files and
 * the worker have them in white.
 */
const INK = '#ff5a36';

/** A place on a mask, px. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** The size of a mask for a picture of this shape. */
export function maskSize({ width, height }: Size): Size {
  const scale = Math.min(1, MASK_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** A canvas with a mask on it: white is painted, black and transparent are not. */
export async function maskCanvas({ width, height }: Size, blob: Blob | null): Promise<HTMLCanvasElement> {
  const [canvas, context] = emptyMask({ width, height });
  if (!blob) return canvas;
  const image = await createImageBitmap(blob);
  context.drawImage(image, 0, 0, width, height);
  image.close();
  const pixels = context.getImageData(0, 0, width, height);
  for (let i = 0; i < pixels.data.length; i += 4) {
    const light = ((pixels.data[i] ?? 0) + (pixels.data[i + 1] ?? 0) + (pixels.data[i + 2] ?? 0)) / (3 * 255);
    pixels.data[i + 3] = light * (pixels.data[i + 3] ?? 0);
  }
  context.putImageData(pixels, 0, 0);
  inked(context, INK);
  return canvas;
}

export function emptyMask({ width, height }: Size): readonly [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas for the mask');
  return [canvas, context];
}

export function copyOf(canvas: HTMLCanvasElement): readonly [HTMLCanvasElement, CanvasRenderingContext2D] {
  const [copy, context] = emptyMask(canvas);
  context.drawImage(canvas, 0, 0);
  return [copy, context];
}

/** Gives all that is painted one colour, and keeps its alpha. */
function inked(context: CanvasRenderingContext2D, colour: string): void {
  context.globalCompositeOperation = 'source-in';
  context.fillStyle = colour;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.globalCompositeOperation = 'source-over';
}

/** The mask as a PNG for the worker. */
export function maskFile(canvas: HTMLCanvasElement): Promise<Blob> {
  const [copy, context] = copyOf(canvas);
  inked(context, '#fff');
  return new Promise((resolve, reject) =>
    copy.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the mask could not be written'))),
      'image/png',
    ),
  );
}

/** All of it painted, none of it, or what is painted and what is not exchanged. */
export async function changedMask(
  size: Size,
  blob: Blob | null,
  how: 'fill' | 'invert' | 'clear',
): Promise<Blob> {
  const [full, context] = emptyMask(size);
  if (how === 'clear') return maskFile(full);
  context.fillStyle = INK;
  context.fillRect(0, 0, size.width, size.height);
  if (how === 'invert') {
    context.globalCompositeOperation = 'destination-out';
    context.drawImage(await maskCanvas(size, blob), 0, 0);
    context.globalCompositeOperation = 'source-over';
  }
  return maskFile(full);
}

/**
 * Draws a stroke onto a mask. Its soft edge is the shadow of a stroke that itself lies off the canvas: one
 * stroke never darkens itself.
 */
export function drawStroke(context: CanvasRenderingContext2D, spots: readonly Spot[], brush: Brush): void {
  const [first] = spots;
  if (!first) return;
  const { width, height } = context.canvas;
  const diameter = Math.max(1, (brush.size / 100) * Math.max(width, height));
  const blur = (brush.softness * diameter) / 2;
  const away = 2 * (width + height);
  context.save();
  context.globalCompositeOperation = brush.erases ? 'destination-out' : 'source-over';
  context.lineCap = context.lineJoin = 'round';
  context.lineWidth = Math.max(1, diameter - blur);
  context.strokeStyle = INK;
  if (blur > 0) {
    context.shadowColor = INK;
    context.shadowBlur = blur;
    context.shadowOffsetX = away;
    context.translate(-away, 0);
  }
  context.beginPath();
  context.moveTo(first.x, first.y);
  for (const { x, y } of spots) context.lineTo(x + 0.01, y); // a dot is a line too
  context.stroke();
  context.restore();
}
