import sharp, { type Sharp } from 'sharp';
import type { Pixels } from '../../src/pipeline/pixels';

type Colour = readonly [red: number, green: number, blue: number, alpha?: number]; // 0..255

/** A picture from a formula, alpha 255 by default. */
export function drawn(width: number, height: number, colour: (x: number, y: number) => Colour): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const [red, green, blue, alpha = 255] = colour(i % width, Math.floor(i / width));
    data.set([red, green, blue, alpha], i * 4);
  }
  return { width, height, data };
}

/** Something like a photo: a sky, a red disc, and a ground with fine texture. */
export function photo(width: number, height: number): Pixels {
  return drawn(width, height, (x, y) => {
    const [u, v] = [x / width, y / height];
    if (Math.hypot(u - 0.6, v - 0.35) < 0.2) return [210, 60, 50];
    if (v < 0.55) return [110 + 90 * v, 150 + 80 * v, 230];
    return [70 + ((x * 7 + y * 13) % 50), 110 + ((x * 5 + y * 3) % 60), 40];
  });
}

/** Something like a painting: swirling bands of two strong colours. */
export function painting(width: number, height: number, phase = 0): Pixels {
  return drawn(width, height, (x, y) => {
    const band = Math.sin(x / 5 + 3 * Math.sin(y / 11 + phase)) * Math.cos(y / 7 + phase);
    return [128 + 120 * band, 90 + 60 * Math.sin(x / 3 + phase), 128 - 110 * band];
  });
}

export function toSharp({ width, height, data }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels: 4 } });
}

/** Any file's pixels as they are stored, RGBA. */
export async function read(path: string): Promise<Pixels> {
  const { data, info } = await sharp(path).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
}

/** Mean absolute difference of the colours, in 0..255. */
export function distance(a: Pixels, b: Pixels): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += Math.abs((a.data[i] ?? 0) - (b.data[i] ?? 0));
  return sum / (a.width * a.height * 3);
}
