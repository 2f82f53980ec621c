import { expect, it } from 'vitest';
import { randomNumbers } from '../norm/test-kit';
import { coloursOf, poolColours, recolour } from './recolour';

/** Mild colours, so that none has to be clipped. */
function picture(seed: number, red: number, green: number, blue: number, pixels = 400): Float32Array {
  const random = randomNumbers(seed);
  return Float32Array.from(
    { length: 3 * pixels },
    (_, i) => ([red, green, blue][i % 3] ?? 0) + 0.08 * random(),
  );
}

it('[RC1] a recoloured picture has the mean and covariance that were wanted', () => {
  const [photo, style] = [picture(1, 0.5, 0.4, 0.3), picture(2, 0.4, 0.5, 0.55)];
  const wanted = coloursOf(style);
  recolour(photo, wanted);
  const now = coloursOf(photo);
  now.mean.forEach((value, c) => expect(value).toBeCloseTo(wanted.mean[c] ?? NaN, 3));
  now.covariance
    .flat()
    .forEach((value, i) => expect(value).toBeCloseTo(wanted.covariance.flat()[i] ?? NaN, 4));
});

it('[RC2] its own colours leave a picture as it is, and so does a share of 0', () => {
  for (const share of [1, 0]) {
    const photo = picture(3, 0.5, 0.4, 0.3);
    const before = photo.slice();
    recolour(photo, coloursOf(share === 1 ? photo : picture(4, 0.2, 0.2, 0.7)), share);
    photo.forEach((value, i) => expect(value).toBeCloseTo(before[i] ?? NaN, 3));
  }
});

it('[RC3] a picture of one colour becomes the wanted mean, without NaN', () => {
  const flat = new Float32Array(30).fill(0.5);
  const wanted = coloursOf(picture(5, 0.3, 0.5, 0.4));
  recolour(flat, wanted);
  coloursOf(flat).mean.forEach((value, c) => expect(value).toBeCloseTo(wanted.mean[c] ?? NaN, 3));
});

it('[RC4] pooled colours are those of the pictures laid side by side', () => {
  const [one, two] = [picture(6, 0.3, 0.4, 0.5, 100), picture(7, 0.6, 0.5, 0.2, 300)];
  const pooled = poolColours([
    { colours: coloursOf(one), weight: 100 },
    { colours: coloursOf(two), weight: 300 },
  ]);
  const both = coloursOf(Float32Array.from([...one, ...two]));
  pooled.mean.forEach((value, c) => expect(value).toBeCloseTo(both.mean[c] ?? NaN, 6));
  pooled.covariance
    .flat()
    .forEach((value, i) => expect(value).toBeCloseTo(both.covariance.flat()[i] ?? NaN, 6));
});
