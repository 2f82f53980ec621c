import { readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import type { Source } from '../src/pipeline/engine';
import { Stopped } from '../src/pipeline/failure';
import type { Pixels, Size } from '../src/pipeline/pixels';
import { BadInput } from './bad-input';
import { FORMATS, formatOf, type Format } from './places';
import { writeWhole } from './whole-file';

sharp.cache(false); // a file may be replaced between two runs of one process

/** Largest file that is opened, px: larger ones are mistakes or bombs. */
const FILE_LIMIT = 1e9;

/**
 * A picture file as the engine takes it: upright by its EXIF rotation, its colours converted to sRGB (by
 * its ICC profile, from CMYK, grey or 16 bits), alpha kept. Of an animation, the first frame.
 * @throws BadInput when it is too large to be opened
 * @throws Stopped 'picture-unreadable'; `draw` too, as damage is found on decoding
 */
export async function openPicture(path: string): Promise<Source> {
  const { open, size } = await readable(path, async () => {
    const file = await readFile(path);
    const open = () => sharp(file, { failOn: 'error', limitInputPixels: false });
    const { autoOrient, space } = await open().metadata();
    // else sharp takes the colours of 16 bits to P3, and calls them sRGB
    const inColours = () => (space === 'rgb16' ? open().pipelineColourspace('srgb') : open());
    return { open: inColours, size: { width: autoOrient.width, height: autoOrient.height } };
  });
  const pixels = size.width * size.height;
  if (pixels > FILE_LIMIT) {
    throw new BadInput(
      `${path} has ${(pixels / 1e6).toFixed(0)} megapixels, and files of more than ${FILE_LIMIT / 1e6} are not opened; make it smaller with another program first.`,
    );
  }
  return {
    size,
    draw: (wanted) =>
      readable(path, async () => {
        const upright = open().autoOrient();
        const scaled = sameSize(wanted, size)
          ? upright
          : upright.resize(wanted.width, wanted.height, SCALING);
        const rgba = scaled.toColourspace('srgb').ensureAlpha().raw({ depth: 'uchar' });
        const { data, info } = await rgba.toBuffer({ resolveWithObject: true });
        return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
      }),
  };
}

/** What sharp says of a damaged file is worded for programmers; the file's name says more. */
async function readable<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch {
    throw new Stopped({ code: 'picture-unreadable', name: path });
  }
}

/** Lanczos over every pixel, without the JPEG decoder's own coarser halving before it. */
const SCALING = { fit: 'fill', kernel: 'lanczos3', fastShrinkOnLoad: false } as const;

/** Decodes a picture now, so that damage is found before work starts; drawing it at that size again is free. */
export async function drawnAhead({ size, draw }: Source, ahead: Size): Promise<Source> {
  const pixels = await draw(ahead);
  return { size, draw: async (wanted) => (sameSize(wanted, ahead) ? pixels : draw(wanted)) };
}

function sameSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}

const WRITERS: Readonly<Record<Format, (picture: Sharp) => Sharp>> = {
  '.png': (picture) => picture.png(),
  '.jpg': onWhite,
  '.jpeg': onWhite,
  '.webp': (picture) => picture.webp({ quality: 92 }),
  '.avif': (picture) => picture.avif({ quality: 75 }),
};

/** The longest side that a format holds, px. */
const LONGEST: Readonly<Record<Format, number>> = {
  '.png': Infinity,
  '.jpg': 65_535,
  '.jpeg': 65_535,
  '.webp': 16_383,
  '.avif': 16_384,
};

/**
 * Before the work: whether a picture can be written in the format of its name.
 * @throws BadInput
 */
export function checkFits({ width, height }: Size, path: string): void {
  const format = formatOf(path);
  if (!format || Math.max(width, height) <= LONGEST[format]) return;
  throw new BadInput(
    `${path} would be ${width} x ${height} px, and ${format} holds at most ${LONGEST[format]} px a side; give a name that ends in .png.`,
  );
}

/** JPEG has no transparency: white paper. */
function onWhite(picture: Sharp): Sharp {
  return picture.flatten({ background: '#fff' }).jpeg({ quality: 92, chromaSubsampling: '4:4:4' });
}

/**
 * Writes a picture in the format its name says.
 * @param path its folder exists
 * @throws NotWritten, and BadInput where the format cannot hold it
 */
export async function savePicture({ width, height, data }: Pixels, path: string): Promise<void> {
  checkFits({ width, height }, path);
  const format = formatOf(path);
  if (!format)
    throw new TypeError(`savePicture: the name of ${path} does not end in ${FORMATS.join(' or ')}`);
  const raw = sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: false });
  await writeWhole(path, await WRITERS[format](isOpaque(data) ? raw.removeAlpha() : raw).toBuffer());
}

function isOpaque(data: Uint8ClampedArray): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return false;
  return true;
}
