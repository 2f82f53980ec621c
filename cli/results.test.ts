import { describe, expect, test } from 'vitest';
import { toOklab } from '../src/pipeline/colour';
import { bench, PHOTO } from './testing/bench';
import { distance, drawn, photo, toSharp } from './testing/draw';

const { at, styled } = bench();

describe('a photo comes out', () => {
  test.each(['in', 'adain', 'wct', 'din'])('restyled by %s, at its own size', async (norm) => {
    const result = await styled(`${norm}.png`, '--norm', norm);
    expect([result.width, result.height]).toEqual([96, 64]);
    expect(distance(result, PHOTO)).toBeGreaterThan(8);
  });

  test('at the short side asked for, and never scaled up', async () => {
    expect(await styled('small.png', '--size', '32')).toMatchObject({ width: 48, height: 32 });
    expect(await styled('large.png', '--size', '1000')).toMatchObject({ width: 96, height: 64 });
    expect(await styled('own.png', '--size', '0')).toMatchObject({ width: 96, height: 64 });
  });

  test('as large as it was with --enlarge, and like the smaller result', async () => {
    const small = await styled('small.png', '--size', '32');
    const large = await styled('enlarged.png', '--size', '32', '--enlarge');
    expect(large).toMatchObject({ width: 96, height: 64 });
    const again = await toSharp(large).resize(48, 32).ensureAlpha().raw().toBuffer();
    const shrunk = { width: 48, height: 32, data: new Uint8ClampedArray(again) };
    expect(distance(shrunk, small)).toBeLessThan(0.3 * distance(large, PHOTO));
    expect(await styled('nothing.png', '--size', '32', '--enlarge', '--strength', '0')).toEqual(PHOTO);
  });

  test('exactly as it was at strength 0', async () => {
    expect(await styled('zero.png', '--strength', '0')).toEqual(PHOTO);
  });

  test('nearer to the photo at half strength', async () => {
    const [half, full] = [await styled('half.png', '--strength', '0.5'), await styled('full.png')];
    expect(distance(half, PHOTO)).toBeLessThan(distance(full, PHOTO));
  });

  test('in its own hues with --keep-color', async () => {
    const result = await styled('colours.png', '--keep-color');
    expect(distance(result, PHOTO)).toBeGreaterThan(4);
    let turned = 0; // mean angle between the hues, radians, where there is a hue
    let coloured = 0;
    for (let i = 0; i < result.data.length; i += 4) {
      const [before, after] = [PHOTO, result].map(({ data }) => {
        const [red = 0, green = 0, blue = 0] = [...data.subarray(i, i + 3)].map((v) => v / 255);
        return toOklab(red, green, blue);
      });
      const [, a = 0, b = 0] = before ?? [];
      const [, c = 0, d = 0] = after ?? [];
      if (Math.hypot(a, b) < 0.04 || Math.hypot(c, d) < 0.04) continue;
      turned += Math.acos(Math.min(1, (a * c + b * d) / (Math.hypot(a, b) * Math.hypot(c, d))));
      coloured++;
    }
    expect(coloured).toBeGreaterThan(1000);
    expect(turned / coloured).toBeLessThan(0.05);
  });

  test('untouched where the mask is black, restyled where it is white', async () => {
    await toSharp(drawn(96, 64, (x) => (x < 48 ? [0, 0, 0] : [255, 255, 255])))
      .png()
      .toFile(at('mask.png'));
    const [result, full] = [
      await styled('masked.png', '--mask', at('mask.png')),
      await styled('unmasked.png'),
    ];
    for (let y = 0; y < 64; y++) {
      const [row, middle, end] = [y * 96, y * 96 + 48, (y + 1) * 96].map((i) => i * 4);
      expect(result.data.subarray(row, middle)).toEqual(PHOTO.data.subarray(row, middle));
      expect(result.data.subarray(middle, end)).toEqual(full.data.subarray(middle, end));
    }
  });

  test('the same for one style as for a blend that gives it everything', async () => {
    const both = ['--style', at('a.jpg'), '--style', at('b.jpg')];
    const first = await styled('first.png');
    expect(distance(await styled('all-a.png', ...both, '--weights', '2,0'), first)).toBe(0);
    expect(distance(await styled('all-b.png', ...both, '--weights', '0,1'), first)).toBeGreaterThan(1);
  });

  test('between two styles in a blend', async () => {
    const both = ['--style', at('a.jpg'), '--style', at('b.jpg')];
    const [a, b] = [await styled('a.png'), await styled('b.png', '--style', at('b.jpg'))];
    const blend = await styled('blend.png', ...both, '--weights', '0.7,0.3');
    expect(distance(blend, a)).toBeLessThan(distance(blend, b));
    expect(distance(blend, b)).toBeLessThan(distance(a, b));
  });

  test('with its transparency', async () => {
    const veiled = drawn(40, 40, (x, y) => [x * 6, y * 6, 90, Math.min(255, x * 8)]);
    await toSharp(veiled).png().toFile(at('veiled.png'));
    const { data } = await styled('alpha.png', '--content', at('veiled.png'));
    expect(data.filter((_, i) => i % 4 === 3)).toEqual(veiled.data.filter((_, i) => i % 4 === 3));
  });

  test('upright when EXIF says it lies on its side', async () => {
    await toSharp(PHOTO)
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .toFile(at('lying.jpg'));
    const result = await styled('upright.png', '--content', at('lying.jpg'), '--strength', '0');
    const upright = await toSharp(PHOTO).rotate(90).raw().toBuffer();
    expect([result.width, result.height]).toEqual([64, 96]);
    expect(distance(result, { ...result, data: new Uint8ClampedArray(upright) })).toBeLessThan(2); // JPEG's loss
  });

  test('from grey', async () => {
    await toSharp(PHOTO).toColourspace('b-w').png().toFile(at('grey.png'));
    const result = await styled('from-grey.png', '--content', at('grey.png'));
    expect([result.width, result.height]).toEqual([96, 64]);
  });

  test.each([
    [1, 1],
    [1, 300],
  ])('from %i x %i pixels', async (width, height) => {
    const name = `${width}x${height}.png`;
    await toSharp(photo(width, height)).png().toFile(at(name));
    for (const norm of ['adain', 'wct', 'din']) {
      const result = await styled(`from-${norm}-${name}`, '--content', at(name), '--norm', norm);
      expect([result.width, result.height]).toEqual([width, height]);
    }
  });
});
