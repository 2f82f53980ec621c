import type { Contrast } from '../../app/models/style';
import { DETAIL, type Request } from './request';
import type { Size } from './size';

/** Added to variances: below 0.25 of 255 there is no contrast to speak of. */
const EPSILON = 1e-6;

const BINOMIAL = [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16] as const;
const REACH = 2;

/** Rows between two looks at who waits, in pixels: some 20 ms. */
const PIXELS_AT_ONCE = 500_000;

/**
 * How strong a picture's fine structure is: the std of what a binomial blur over 5 px takes away, apart for
 * lightness l = (r + g + b) / 3 and for colour, (r, g, b) - l. The picture is reflected at its border.
 * @param rgb     [H * W * 3] in 0..1
 * @param between awaited now and then; may throw
 */
export async function contrastOf(
  rgb: Float32Array,
  { width, height }: Size,
  between: () => Promise<void>,
): Promise<Contrast> {
  const blurred = Array.from({ length: 2 * REACH + 1 }, () => new Float32Array(width * 3)); // by row, cyclic
  const rowOf = (y: number): Float32Array => blurred[y % blurred.length] ?? new Float32Array();
  const pause = Math.max(1, Math.floor(PIXELS_AT_ONCE / width));
  let [lightness, colour] = [0, 0];
  for (let entering = 0; entering < height + REACH; entering++) {
    if (entering < height) blurAlong(rgb, entering * width * 3, width, rowOf(entering));
    const y = entering - REACH;
    if (y < 0) continue;
    const [a, b, c, d, e] = [-2, -1, 0, 1, 2].map((step) => rowOf(reflected(y + step, height))) as Five;
    for (let x = 0, i = y * width * 3; x < width * 3; x += 3, i += 3) {
      let [sum, squares] = [0, 0];
      for (let k = 0; k < 3; k++) {
        const outer = (a[x + k] ?? 0) + (e[x + k] ?? 0);
        const inner = (b[x + k] ?? 0) + (d[x + k] ?? 0);
        const fine = (rgb[i + k] ?? 0) - (outer + 4 * inner + 6 * (c[x + k] ?? 0)) / 16;
        sum += fine;
        squares += fine * fine;
      }
      lightness += (sum * sum) / 9;
      colour += squares - (sum * sum) / 3;
    }
    if (y % pause === pause - 1) await between();
  }
  const std = (squares: number): number => Math.sqrt(squares / (width * height) + EPSILON);
  return { lightness: std(lightness), colour: std(Math.max(0, colour)) };
}

type Five = [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array];

/** A row of `rgb`, blurred along itself. */
function blurAlong(rgb: Float32Array, from: number, width: number, out: Float32Array): void {
  for (let x = 0; x < width; x++) {
    for (let k = 0; k < 3; k++) {
      let sum = 0;
      for (let step = -REACH; step <= REACH; step++) {
        const inside = x >= REACH && x < width - REACH ? x + step : reflected(x + step, width);
        sum += (BINOMIAL[step + REACH] ?? 0) * (rgb[from + 3 * inside + k] ?? 0);
      }
      out[3 * x + k] = sum;
    }
  }
}

/** A place beside a line of `length` cells, mirrored at its ends, which are not repeated. */
function reflected(at: number, length: number): number {
  const once = at < 0 ? -at : at >= length ? 2 * (length - 1) - at : at;
  return Math.min(Math.max(once, 0), length - 1); // one or two cells hold no mirror image
}

/** Whether a request shows any of what the decoder loses of the photo, wherever styles are. */
export function keepsDetail({ strength, detail = DETAIL }: Request): boolean {
  return strength < 1 || detail > 0;
}

/** A weighted sum of contrasts, as AdaIN's blends have it. */
export function blendedContrast(
  parts: readonly { readonly contrast: Contrast; readonly weight: number }[],
): Contrast {
  const sum = (of: keyof Contrast): number =>
    parts.reduce((total, { contrast, weight }) => total + weight * contrast[of], 0);
  return { lightness: sum('lightness'), colour: sum('colour') };
}

/**
 * The share of what the decoder loses of a photo that is added to the picture: all of it at strength 0, and
 * at strength 1 `detail` of it, brought to the style's contrast as AdaIN would (Huang & Belongie 2017, eq. 8,
 * without means), but never above the photo's.
 */
export function keptDetail(photo: Contrast, wanted: Contrast, strength: number, detail: number): Contrast {
  const share = (of: keyof Contrast): number =>
    1 - strength + strength * detail * Math.min(1, wanted[of] / photo[of]);
  return { lightness: share('lightness'), colour: share('colour') };
}
