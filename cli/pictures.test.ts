import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Pixels } from '../src/pipeline/pixels';
import { checkFits, openPicture, savePicture } from './pictures';
import { distance, drawn, photo, read, toSharp } from './testing/draw';
import { everythingIn, temporaryFolder } from './testing/folder';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

async function own(path: string): Promise<Pixels> {
  const source = await openPicture(path);
  return source.draw(source.size);
}

function pixel({ width, data }: Pixels, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * 4, (y * width + x + 1) * 4)];
}

describe('opening', () => {
  test('a PNG comes back byte for byte, hidden colours and alpha included', async () => {
    const picture = drawn(13, 7, (x, y) => [x * 19, y * 36, 255 - x * 19, (x * 20) % 256]);
    await toSharp(picture).png().toFile(at('exact.png'));
    expect(await own(at('exact.png'))).toEqual(picture);
  });

  // A red corner at the top left of a 3 x 2 picture, and where each EXIF orientation puts it.
  test.each([
    [1, 3, 2, 0, 0],
    [2, 3, 2, 2, 0],
    [3, 3, 2, 2, 1],
    [4, 3, 2, 0, 1],
    [5, 2, 3, 0, 0],
    [6, 2, 3, 1, 0],
    [7, 2, 3, 1, 2],
    [8, 2, 3, 0, 2],
  ])('EXIF orientation %i: %i x %i with the corner at %i, %i', async (orientation, width, height, x, y) => {
    const corner = drawn(3, 2, (x, y) => (x + y === 0 ? [255, 0, 0] : [0, 0, 255]));
    const path = at(`orientation-${orientation}.png`);
    await toSharp(corner).withMetadata({ orientation }).png().toFile(path);
    const { size } = await openPicture(path);
    const upright = await own(path);
    expect(size).toEqual({ width, height });
    expect([upright.width, upright.height]).toEqual([width, height]);
    expect(pixel(upright, x, y)).toEqual([255, 0, 0, 255]);
  });

  test('grey becomes equal red, green and blue', async () => {
    await toSharp(drawn(4, 4, () => [90, 90, 90]))
      .toColourspace('b-w')
      .png()
      .toFile(at('grey.png'));
    expect((await sharp(at('grey.png')).metadata()).channels).toBeLessThan(3);
    expect(pixel(await own(at('grey.png')), 2, 2)).toEqual([90, 90, 90, 255]);
  });

  test('16 bits become 8', async () => {
    const values = new Uint16Array([65535, 32896, 0].flatMap((v) => [v, v, v]));
    const raw = { width: 3, height: 1, channels: 3 } as const;
    await sharp(values, { raw }).toColourspace('rgb16').png().toFile(at('deep.png'));
    expect((await sharp(at('deep.png')).metadata()).depth).toBe('ushort');
    const picture = await own(at('deep.png'));
    expect([0, 1, 2].map((x) => pixel(picture, x, 0)[0])).toEqual([255, 128, 0]);
  });

  test.each(['srgb', 'p3'])('16 bits with an ICC profile (%s): the same colour', async (profile) => {
    const colour = drawn(8, 8, () => [200, 80, 60]);
    const path = at(`deep-${profile}.png`);
    await toSharp(colour).removeAlpha().toColourspace('rgb16').withIccProfile(profile).png().toFile(path);
    const { depth, hasProfile } = await sharp(path).metadata();
    expect({ depth, hasProfile }).toEqual({ depth: 'ushort', hasProfile: true });
    const [red = 0, green = 0, blue = 0] = pixel(await own(path), 4, 4);
    expect(Math.max(Math.abs(red - 200), Math.abs(green - 80), Math.abs(blue - 60))).toBeLessThanOrEqual(2);
  });

  test('CMYK becomes sRGB', async () => {
    await toSharp(drawn(16, 16, () => [200, 40, 40]))
      .removeAlpha()
      .toColourspace('cmyk')
      .jpeg()
      .toFile(at('ink.jpg'));
    expect((await sharp(at('ink.jpg')).metadata()).space).toBe('cmyk');
    const [red = 0, green = 0, blue = 0, alpha] = pixel(await own(at('ink.jpg')), 8, 8);
    expect(red).toBeGreaterThan(150);
    expect(Math.max(green, blue)).toBeLessThan(90);
    expect(alpha).toBe(255);
  });

  test('an ICC profile is applied: the same colour, other numbers', async () => {
    const colour = drawn(8, 8, () => [200, 80, 60]);
    await toSharp(colour).removeAlpha().withIccProfile('p3').png().toFile(at('p3.png'));
    const stored = await sharp(at('p3.png'), { ignoreIcc: true }).raw().toBuffer();
    expect(Math.abs((stored[0] ?? 0) - 200)).toBeGreaterThan(5);
    const [red = 0, green = 0, blue = 0] = pixel(await own(at('p3.png')), 4, 4);
    expect(Math.max(Math.abs(red - 200), Math.abs(green - 80), Math.abs(blue - 60))).toBeLessThanOrEqual(2);
  });

  test('scaling down averages: fine stripes become grey, and transparent colours do not leak in', async () => {
    await toSharp(drawn(64, 64, (x) => (x % 2 ? [255, 255, 255] : [0, 0, 0])))
      .png()
      .toFile(at('stripes.png'));
    const stripes = await openPicture(at('stripes.png'));
    const [grey = 0] = pixel(await stripes.draw({ width: 8, height: 8 }), 4, 4);
    expect(Math.abs(grey - 128)).toBeLessThan(4);
    await toSharp(drawn(64, 64, (x) => (x % 2 ? [255, 0, 0, 255] : [0, 255, 0, 0])))
      .png()
      .toFile(at('veil.png'));
    const veil = await (await openPicture(at('veil.png'))).draw({ width: 8, height: 8 });
    expect(pixel(veil, 4, 4)[1]).toBe(0);
  });

  test.each([
    ['text', async () => Buffer.from('not a picture')],
    ['nothing', async () => Buffer.alloc(0)],
    ['half a JPEG', async () => (await toSharp(photo(64, 64)).jpeg().toBuffer()).subarray(0, 900)],
    ['half a PNG', async () => (await toSharp(photo(64, 64)).png().toBuffer()).subarray(0, 900)],
  ])('%s is refused by name', async (name, bytes) => {
    const path = at(`${name}.jpg`);
    await writeFile(path, await bytes());
    await expect(own(path)).rejects.toMatchObject({ failure: { code: 'picture-unreadable', name: path } });
  });

  test('a file beyond the limit is refused in words that help, whatever the working size', async () => {
    const path = at('huge.svg');
    await writeFile(path, '<svg xmlns="http://www.w3.org/2000/svg" width="32000" height="32000"/>');
    await expect(openPicture(path)).rejects.toMatchObject({
      name: 'BadInput',
      message: `${path} has 1024 megapixels, and files of more than 1000 are not opened; make it smaller with another program first.`,
    });
  });
});

describe('saving', () => {
  const veiled = drawn(32, 32, (x) => [200, 30, 30, x < 16 ? 0 : 255]);

  test.each(['.png', '.webp', '.avif'])('%s keeps transparency', async (format) => {
    await savePicture(veiled, at(`veiled${format}`));
    const saved = await read(at(`veiled${format}`));
    expect(pixel(saved, 4, 16)[3]).toBe(0);
    expect(pixel(saved, 28, 16)[3]).toBe(255);
  });

  test('.jpg lies on white paper', async () => {
    await savePicture(veiled, at('veiled.jpg'));
    expect(pixel(await read(at('veiled.jpg')), 4, 16).every((v) => v > 250)).toBe(true);
  });

  test('an opaque PNG has no alpha channel, and its pixels are exact', async () => {
    const picture = photo(31, 17);
    await savePicture(picture, at('opaque.png'));
    expect((await sharp(at('opaque.png')).metadata()).hasAlpha).toBe(false);
    expect(distance(await read(at('opaque.png')), picture)).toBe(0);
  });

  test('capitals in the name are fine', async () => {
    await savePicture(photo(8, 8), at('LOUD.JPEG'));
    expect((await sharp(at('LOUD.JPEG')).metadata()).format).toBe('jpeg');
  });

  test('what cannot be written leaves nothing behind', async () => {
    await mkdir(at('folder.png'));
    const before = await everythingIn(folder);
    await expect(savePicture(photo(8, 8), at('folder.png'))).rejects.toThrow(/EISDIR|EEXIST|EPERM/);
    await expect(savePicture(photo(8, 8), at('nowhere/out.png'))).rejects.toThrow('ENOENT');
    await expect(savePicture(photo(20_000, 1), at('too-long.webp'))).rejects.toThrow();
    expect(await everythingIn(folder)).toEqual(before);
  });
});

test('what a format cannot hold is told before the work', () => {
  const panorama = { width: 16_400, height: 8 };
  expect(() => checkFits(panorama, 'pano.webp')).toThrow(
    'pano.webp would be 16400 x 8 px, and .webp holds at most 16383 px a side; give a name that ends in .png.',
  );
  expect(() => checkFits(panorama, 'pano.avif')).toThrow(/at most 16384/);
  for (const name of ['pano.png', 'pano.jpg']) expect(() => checkFits(panorama, name)).not.toThrow();
});
