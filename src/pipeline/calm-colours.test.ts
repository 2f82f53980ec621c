import { describe, expect, it } from 'vitest';
import { calmColours } from './calm-colours';
import { isMonochrome } from './monochrome';
import type { Pixels } from './pixels';
import { draw, PHOTOS } from './test-kit';

const SIDE = 40;

/** Toned grey from dark to light along x, with grain, and red where `speck` says. */
function toned(speck: (p: number) => boolean = () => false): Float32Array {
  const rgb = new Float32Array(SIDE * SIDE * 3);
  for (let p = 0; p < SIDE * SIDE; p++) {
    const level = 0.1 + 0.7 * ((p % SIDE) / SIDE) + 0.01 * ((p * 7) % 5);
    const grain = 0.004 * (((p * 13) % 7) - 3);
    rgb.set(speck(p) ? [0.9, 0.1, 0.1] : [level + 0.04 + grain, level, level - 0.04 - grain], 3 * p);
  }
  return rgb;
}

const asPixels = (rgb: Float32Array): Pixels => {
  const data = new Uint8ClampedArray(SIDE * SIDE * 4).fill(255);
  for (let p = 0; p < SIDE * SIDE; p++) {
    for (let c = 0; c < 3; c++) data[4 * p + c] = (rgb[3 * p + c] ?? 0) * 255;
  }
  return { width: SIDE, height: SIDE, data };
};

const pixel = (rgb: Float32Array, p: number): number[] => [...rgb.subarray(3 * p, 3 * p + 3)];
const spread = (colour: readonly number[]): number => Math.max(...colour) - Math.min(...colour);
const SPECK = 815;

describe('a photo is monochrome', () => {
  it('when it is toned and grainy, grey, or of one colour', () => {
    expect(isMonochrome(asPixels(toned()))).toBe(true);
    expect(isMonochrome(asPixels(new Float32Array(SIDE * SIDE * 3).fill(0.5)))).toBe(true);
  });

  it('but not with colours, and not with one small coloured thing', () => {
    for (const photo of PHOTOS) expect(isMonochrome(draw(SIDE, SIDE, photo))).toBe(false);
    expect(isMonochrome(asPixels(toned((p) => p < 12)))).toBe(false);
  });
});

describe('calm colours', () => {
  it('take a speck to the colours of its lightness, at its own lightness', () => {
    const rgb = toned((p) => p === SPECK);
    const before = pixel(rgb, SPECK);
    calmColours(rgb, 1);
    const after = pixel(rgb, SPECK);
    const luma = ([r = 0, g = 0, b = 0]: readonly number[]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
    expect(spread(before)).toBeCloseTo(0.8);
    expect(spread(after)).toBeLessThan(0.2);
    expect(luma(after)).toBeCloseTo(luma(before));
  });

  it('leave what is like the rest as it is', () => {
    const [rgb, before] = [toned((p) => p === SPECK), toned((p) => p === SPECK)];
    calmColours(rgb, 1);
    expect(pixel(rgb, 100)).toEqual(pixel(before, 100));
    expect(rgb.filter((v, i) => v !== before[i]).length).toBeLessThan(0.01 * rgb.length);
  });

  it('change nothing at strength 0, and nothing outside the region', () => {
    const [rgb, before] = [toned((p) => p === SPECK), toned((p) => p === SPECK)];
    calmColours(rgb, 0);
    calmColours(
      rgb,
      1,
      Float32Array.from({ length: SIDE * SIDE }, (_, p) => (p < SPECK ? 1 : 0)),
    );
    expect(pixel(rgb, SPECK)).toEqual(pixel(before, SPECK));
  });

  it('leave a picture that is too small to say what is usual', () => {
    const rgb = Float32Array.from([0.9, 0.1, 0.1]);
    calmColours(rgb, 1);
    expect(pixel(rgb, 0)).toEqual([...Float32Array.from([0.9, 0.1, 0.1])]);
  });
});
