import { converter } from 'culori';
import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../norm/test-kit';
import { fromOklab, keepColour, toOklab } from './colour';

const reference = converter('oklab');
const random = randomNumbers(1);
const colours = Array.from(
  { length: 200 },
  () => [0, 0, 0].map(() => 0.5 + 0.5 * random()) as [number, number, number],
);

describe('Oklab', () => {
  it('[OK1] agrees with culori on 200 colours', () => {
    for (const [r, g, b] of colours) {
      const want = reference({ mode: 'rgb', r, g, b });
      const got = toOklab(r, g, b);
      [want.l, want.a, want.b].forEach((v, i) => expect(got[i]).toBeCloseTo(v, 5));
    }
  });

  it('[OK2] comes back to the same colour', () => {
    for (const colour of colours) {
      fromOklab(...toOklab(...colour)).forEach((v, i) => expect(v).toBeCloseTo(colour[i] ?? NaN, 4));
    }
  });
});

describe('keeping the colours', () => {
  it("[KC1] takes the styled picture's lightness and the photo's hue", () => {
    const styled = new Float32Array([0.6, 0.6, 0.6]);
    const photo = new Float32Array([0.5, 0.3, 0.3]);
    keepColour(styled, photo);
    const [got, grey, warm] = [styled, [0.6, 0.6, 0.6], photo].map((c) =>
      toOklab(c[0] ?? 0, c[1] ?? 0, c[2] ?? 0),
    );
    expect(got?.[0]).toBeCloseTo(grey?.[0] ?? NaN, 3);
    expect(got?.[1]).toBeCloseTo(warm?.[1] ?? NaN, 3);
    expect(got?.[2]).toBeCloseTo(warm?.[2] ?? NaN, 3);
  });

  it('[KC2] fades a colour that the display cannot show so light or dark, and never leaves 0..1', () => {
    for (const lightness of [0, 0.02, 0.98, 1, 1.4, -0.3]) {
      const styled = new Float32Array([lightness, lightness, lightness]);
      keepColour(styled, new Float32Array([0, 0, 1]));
      for (const v of styled) {
        expect(v).toBeGreaterThan(-0.01);
        expect(v).toBeLessThan(1.01);
      }
    }
  });

  it('[KC3] leaves a photo that is its own style as it is', () => {
    const photo = new Float32Array(colours.slice(0, 20).flat());
    const styled = photo.slice();
    keepColour(styled, photo);
    styled.forEach((v, i) => expect(v).toBeCloseTo(photo[i] ?? NaN, 3));
  });
});
