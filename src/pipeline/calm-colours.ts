/** Rec. 709's weights of red, green and blue in what we see as brightness. */
const LUMA = [0.2126, 0.7152, 0.0722] as const;

/** Groups of equally many pixels, from the darkest to the lightest, that have a fence each. */
const GROUPS = 12;

/** Pixels that the fences are measured on. */
const SAMPLE = 24_000;

/** Quartile ranges that a colour may lie outside the quartiles: Tukey's. At his 3 half of the specks stay. */
const REACH = 1.5;

/** Steps of lightness that a fence is looked up by: finer than a picture of 8 bits. */
const SHADES = 1024;

/** Two chroma axes of a pixel, red and blue less luma, and how far each may go at one lightness. */
interface Fence {
  readonly luma: number;
  readonly least: readonly [number, number];
  readonly most: readonly [number, number];
}

/**
 * Pulls chroma that is an outlier among the pixels of the same lightness back to Tukey's fence
 * (`quartile -+ 1.5 (q3 - q1)`). Of a monochrome photo a style makes colours that follow the lightness; a pixel
 * far from all others of its lightness is the decoder's, and seen as a speck.
 *
 * @param rgb      [H * W * 3], sRGB in 0..1, written over
 * @param strength of the edit; 0 changes nothing
 * @param shares   how much of each pixel is meant, [H * W]
 *
 * Source: Tukey 1977, "Exploratory Data Analysis", section 2D.
 */
export function calmColours(rgb: Float32Array, strength: number, shares?: Float32Array): void {
  const fences = fencesOf(rgb, shares);
  if (fences.length === 0) return;
  const limits = tabulate(fences);
  for (let p = 0, i = 0; i < rgb.length; p++, i += 3) {
    const share = strength * (shares ? (shares[p] ?? 0) : 1);
    if (share === 0) continue;
    const red = clipped(rgb[i]);
    const green = clipped(rgb[i + 1]);
    const blue = clipped(rgb[i + 2]);
    const luma = lumaOf(red, green, blue);
    const at = 4 * Math.round(luma * SHADES);
    const u = between(red - luma, limits[at] ?? -1, limits[at + 1] ?? 1);
    const v = between(blue - luma, limits[at + 2] ?? -1, limits[at + 3] ?? 1);
    if (u === red - luma && v === blue - luma) continue;
    rgb[i] = mix(rgb[i], luma + u, share);
    rgb[i + 1] = mix(rgb[i + 1], luma - (LUMA[0] * u + LUMA[2] * v) / LUMA[1], share);
    rgb[i + 2] = mix(rgb[i + 2], luma + v, share);
  }
}

/** The fence of each shade as least and most red, least and most blue: float64, so that no chroma inside moves. */
function tabulate(fences: readonly Fence[]): Float64Array {
  const limits = new Float64Array(4 * (SHADES + 1));
  for (let shade = 0; shade <= SHADES; shade++) {
    const { least, most } = fenceAt(fences, shade / SHADES);
    limits.set([least[0], most[0], least[1], most[1]], 4 * shade);
  }
  return limits;
}

/** From the darkest group to the lightest; none where too few pixels are meant. */
function fencesOf(rgb: Float32Array, shares?: Float32Array): readonly Fence[] {
  const pixels = rgb.length / 3;
  const step = Math.max(1, Math.floor(pixels / SAMPLE));
  const seen: (readonly [luma: number, u: number, v: number])[] = [];
  for (let p = 0; p < pixels; p += step) {
    if (shares && (shares[p] ?? 0) < 0.5) continue;
    const [red, green, blue] = [clipped(rgb[3 * p]), clipped(rgb[3 * p + 1]), clipped(rgb[3 * p + 2])];
    const luma = lumaOf(red, green, blue);
    seen.push([luma, red - luma, blue - luma]);
  }
  const size = Math.floor(seen.length / GROUPS);
  if (size < GROUPS) return [];
  seen.sort(([a], [b]) => a - b);
  return Array.from({ length: GROUPS }, (_, k) => {
    const group = seen.slice(k * size, (k + 1) * size);
    const [u, v] = [reach(group.map((one) => one[1])), reach(group.map((one) => one[2]))];
    const luma = group.reduce((sum, one) => sum + one[0], 0) / size;
    return { luma, least: [u[0], v[0]], most: [u[1], v[1]] };
  });
}

function reach(values: number[]): readonly [least: number, most: number] {
  values.sort((a, b) => a - b);
  const [q1, q3] = [0.25, 0.75].map((share) => values[Math.floor(share * values.length)] ?? 0);
  const range = REACH * ((q3 ?? 0) - (q1 ?? 0)) + 1 / 255;
  return [(q1 ?? 0) - range, (q3 ?? 0) + range];
}

/** Between the two nearest groups, so that no edge is seen where one ends. */
function fenceAt(fences: readonly Fence[], luma: number): Fence {
  const next = fences.findIndex((fence) => fence.luma >= luma);
  const [above, below] = [fences[next < 0 ? fences.length - 1 : next], fences[Math.max(0, next - 1)]];
  if (!above || !below || next <= 0) return above ?? { luma, least: [-1, -1], most: [1, 1] };
  const t = (luma - below.luma) / Math.max(1e-9, above.luma - below.luma);
  const mixed = (of: 'least' | 'most'): [number, number] => [
    below[of][0] + t * (above[of][0] - below[of][0]),
    below[of][1] + t * (above[of][1] - below[of][1]),
  ];
  return { luma, least: mixed('least'), most: mixed('most') };
}

function lumaOf(red: number, green: number, blue: number): number {
  return LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue;
}

function mix(from = 0, to: number, share: number): number {
  return share * to + (1 - share) * from;
}

function clipped(value = 0): number {
  return between(value, 0, 1);
}

function between(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
