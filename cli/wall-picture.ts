import sharp, { type OverlayOptions } from 'sharp';
import type { Pixels } from '../src/pipeline/pixels';
import { layOutWall, WALL_COLOURS, type Line } from '../src/pipeline/wall';

export interface LabelledPicture {
  readonly pixels: Pixels;
  readonly name: string;
  readonly numbers: string; // may be empty
}

/** Pictures of one size as one, with their names and numbers under them, in the system's sans-serif font. */
export async function wallPicture(title: string, pictures: readonly LabelledPicture[]): Promise<Pixels> {
  const [first] = pictures;
  if (!first) throw new RangeError('wallPicture: no pictures');
  const { width, height, cells, title: titleLine } = layOutWall(pictures.length, first.pixels);
  const parts = [await written(title, titleLine, WALL_COLOURS.ink, 'bold')];
  for (const [index, { pixels, name, numbers }] of pictures.entries()) {
    const cell = cells[index];
    if (!cell) continue;
    const { left, top, ...size } = cell.picture;
    const input = await sharp(pixels.data, {
      raw: { width: pixels.width, height: pixels.height, channels: 4 },
    })
      .resize({ ...size, fit: 'fill' })
      .png()
      .toBuffer();
    parts.push({ input, left, top });
    parts.push(await written(name, cell.name, WALL_COLOURS.ink, 'bold'));
    if (numbers) parts.push(await written(numbers, cell.numbers, WALL_COLOURS.soft, 'normal'));
  }
  const wall = sharp({ create: { width, height, channels: 4, background: WALL_COLOURS.wall } });
  const data = await wall.composite(parts).raw().toBuffer();
  return { width, height, data: new Uint8ClampedArray(data) };
}

/** One line of text as something to lay over the wall; a line that is too long is made smaller. */
async function written(
  text: string,
  { left, baseline, size, width }: Line,
  colour: string,
  weight: 'bold' | 'normal',
): Promise<OverlayOptions> {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const markup = `<span foreground="${colour}" weight="${weight}">${safe}</span>`;
  const line = sharp({ text: { text: markup, font: `sans-serif ${size}px`, dpi: 72, rgba: true } });
  const drawn = await line.png().toBuffer();
  const { data, info } = await sharp(drawn)
    .resize({ width, height: 4 * size, fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer({ resolveWithObject: true });
  const bottom = /[gjpqy,;()]/.test(text) ? Math.round(0.22 * size) : 0; // what hangs below the line
  return { input: data, left, top: Math.max(0, baseline + bottom - info.height) };
}
