/**
 * Colours in Oklab, a perceptual space in which lightness can be changed without changing the hue.
 * Source: Ottosson 2020, "A perceptual color space for image processing"; sRGB transfer: IEC 61966-2-1.
 */

function toLinear(v: number): number {
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
}

function fromLinear(v: number): number {
  return v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055;
}

/** sRGB in 0..1 (values outside are clipped) to Oklab: lightness 0..1, a and b about -0.4..0.4. */
export function toOklab(red: number, green: number, blue: number): [lightness: number, a: number, b: number] {
  const [r, g, b] = [red, green, blue].map((v) => toLinear(Math.min(1, Math.max(0, v)))) as [
    number,
    number,
    number,
  ];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** Oklab to sRGB; outside 0..1 for colours that no display shows. */
export function fromOklab(
  lightness: number,
  a: number,
  b: number,
): [red: number, green: number, blue: number] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    fromLinear(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    fromLinear(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    fromLinear(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/**
 * The styled picture's lightness with the photo's hue and chroma (Gatys et al. 2016, arXiv:1606.05897,
 * luminance-only transfer). Chroma is reduced where the display cannot show it at the new lightness.
 * @param styled [H * W * 3], sRGB in 0..1, written over
 * @param photo  [H * W * 3], sRGB in 0..1
 */
export function keepColour(styled: Float32Array, photo: Float32Array): void {
  for (let i = 0; i < styled.length; i += 3) {
    const [lightness] = toOklab(styled[i] ?? 0, styled[i + 1] ?? 0, styled[i + 2] ?? 0);
    const [, a, b] = toOklab(photo[i] ?? 0, photo[i + 1] ?? 0, photo[i + 2] ?? 0);
    styled.set(intoGamut(lightness, a, b), i);
  }
}

const TOLERANCE = 1e-3; // a quarter of one of 255 steps

/** Halves the interval of chroma until the colour just fits into sRGB; hue and lightness stay. */
export function intoGamut(lightness: number, a: number, b: number): readonly number[] {
  const full = fromOklab(lightness, a, b);
  if (fits(full)) return full;
  let [low, high] = [0, 1];
  while (high - low > 1 / 64) {
    const middle = (low + high) / 2;
    if (fits(fromOklab(lightness, a * middle, b * middle))) low = middle;
    else high = middle;
  }
  return fromOklab(lightness, a * low, b * low);
}

function fits(rgb: readonly number[]): boolean {
  return rgb.every((v) => v >= -TOLERANCE && v <= 1 + TOLERANCE);
}
