import type { Contrast } from '../../app/models/style';
import type { Pixels } from './pixels';
import { DETAIL, type Request } from './request';

/** Added to variances: below 0.25 of 255 there is no contrast to speak of. */
const EPSILON = 1e-6;

const REACH = 2; // of the blur to each side

/** Rows between two looks at who waits, in pixels: some 20 ms. */
const PIXELS_AT_ONCE = 500_000;

/**
 * How strong a picture's fine structure is: the std of what a binomial blur over 5 px takes away, apart for
 * lightness l = (r + g + b) / 3 and for colour, (r, g, b) - l. The picture is reflected at its border.
 * @param rgb     [H * W * 3] in 0..1
 * @param pixels  its size, and its alpha, by which pixels count
 * @param between awaited now and then; may throw
 * @param shares  how much each pixel counts beside that, [H * W]; all the same when left out
 */
export async function contrastOf(
  rgb: Float32Array,
  { width, height, data }: Pixels,
  between: () => Promise<void>,
  shares?: Float32Array,
): Promise<Contrast> {
  const along = Array.from({ length: 2 * REACH + 1 }, () => new Float32Array(width * 3)); // rows blurred along themselves, cyclic
  const rowOf = (y: number): Float32Array => along[y % along.length] ?? new Float32Array();
  const blurred = new Float32Array(width * 3);
  const pause = Math.max(1, Math.floor(PIXELS_AT_ONCE / width));
  let lightness = 0;
  let colour = 0;
  let total = 0;
  for (let entering = 0; entering < height + REACH; entering++) {
    if (entering < height) blurAlong(rgb, entering * width * 3, width, rowOf(entering));
    const y = entering - REACH;
    if (y < 0) continue;
    const row = (step: number): Float32Array => rowOf(reflected(y + step, height));
    blend(row(-2), row(-1), row(0), row(1), row(2), blurred);
    for (let x = 0, p = y * width; x < width; x++, p++) {
      const weight = ((data[4 * p + 3] ?? 0) / 255) * (shares ? (shares[p] ?? 0) : 1);
      let sum = 0;
      let squares = 0;
      for (let c = 0; c < 3; c++) {
        const fine = (rgb[3 * p + c] ?? 0) - (blurred[3 * x + c] ?? 0);
        sum += fine;
        squares += fine * fine;
      }
      lightness += (weight * sum * sum) / 9;
      colour += weight * (squares - (sum * sum) / 3);
      total += weight;
    }
    if (y % pause === pause - 1) await between();
  }
  const std = (squares: number): number => Math.sqrt(Math.max(0, squares) / Math.max(1, total) + EPSILON);
  return { lightness: std(lightness), colour: std(colour) };
}

/** The binomial sum of five rows. */
function blend(
  a: Float32Array,
  b: Float32Array,
  c: Float32Array,
  d: Float32Array,
  e: Float32Array,
  out: Float32Array,
): void {
  for (let i = 0; i < out.length; i++) {
    out[i] = ((a[i] ?? 0) + (e[i] ?? 0) + 4 * ((b[i] ?? 0) + (d[i] ?? 0)) + 6 * (c[i] ?? 0)) / 16;
  }
}

/** A row of `rgb`, blurred along itself. */
function blurAlong(rgb: Float32Array, from: number, width: number, out: Float32Array): void {
  const row = rgb.subarray(from, from + 3 * width);
  const beside = (step: number): Float32Array => row.subarray(3 * step);
  blend(row, beside(1), beside(2), beside(3), beside(4), out.subarray(6, Math.max(6, 3 * width - 6)));
  for (let x = 0; x < width; x++) {
    if (x === REACH && width > 2 * REACH) x = width - REACH; // what lies between is done
    for (let c = 0; c < 3; c++) {
      const at = (step: number): number => row[3 * reflected(x + step, width) + c] ?? 0;
      out[3 * x + c] = (at(-2) + at(2) + 4 * (at(-1) + at(1)) + 6 * at(0)) / 16;
    }
  }
}

/** A place beside a line of `length` cells, mirrored at its ends, which are not repeated. */
function reflected(at: number, length: number): number {
  const once = at < 0 ? -at : at >= length ? 2 * (length - 1) - at : at;
  return Math.min(Math.max(once, 0), length - 1); // one or two cells hold no mirror image
}

/** Share of the photo's detail that a request wants: none where nothing but colours may change. */
export function detailOf({ colour, detail = DETAIL }: Request): number {
  return colour === 'only' ? 0 : detail;
}

/**
 * Share of the photo's finest structure that a request's picture has where it is enlarged (enlarge.ts), 0..1.
 * @param strength share of the full edit that was taken, which an even strength decides for each style
 */
export function grainOf({ colour, detail = DETAIL }: Request, strength: number): number {
  return colour === 'only' ? 1 : 1 - strength + strength * detail;
}

/** Whether a request shows any of what the decoder loses of the photo, wherever styles are. */
export function showsDetail(request: Request): boolean {
  return request.strength < 1 || request.evenStrength === true || detailOf(request) > 0;
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
 * How much of what the decoder loses of a photo is added at full strength: a share, brought to the style's
 * contrast as AdaIN would (Huang & Belongie 2017, eq. 8, without means), but never above the photo's.
 */
export function detailGain(photo: Contrast, wanted: Contrast, share: number): Contrast {
  const gain = (of: keyof Contrast): number => share * Math.min(1, wanted[of] / photo[of]);
  return { lightness: gain('lightness'), colour: gain('colour') };
}
