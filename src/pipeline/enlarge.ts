import { pause, type Control } from './control';
import type { Source } from './library';
import { LARGE_PLANES, mapsOf } from './local-maps';
import type { Pixels, Size } from './pixels';
import { withoutHoles } from './without-holes';

/** Pixels between two looks at who waits: some 50 ms. */
const PIXELS_AT_ONCE = 500_000;

/**
 * A photo's picture at a larger size; progress is told as that of decoding.
 * @param size  in the photo's proportions; `largeSize` of it
 * @param grain see `enlarge`; `grainOf` a request
 * @throws Stopped
 */
export async function enlargedTo(
  size: Size,
  photo: Source,
  picture: Pixels,
  grain: number,
  control: Control,
): Promise<Pixels> {
  const small = await photo.draw(picture);
  const large = await photo.draw(size);
  const between = (done: number): Promise<void> => pause(control, 'decoding', done);
  return enlarge(withoutHoles(picture), withoutHoles(small), large, grain, between);
}

/**
 * A picture made of a small copy of a photo, at the size of a larger copy: strokes are as large, in parts
 * of the picture, as they were, and edges are as sharp as the large photo's.
 *
 *     out = up(A) large + up(picture - A small)
 *
 * A is the map from the photo's colours to the picture's around each pixel (local-maps.ts). What it does
 * not explain, the strokes, is interpolated, like A itself (Catmull-Rom). A picture that is the photo comes
 * back as the large photo, exactly.
 * @param picture of the size of `small`
 * @param small   the photo as the picture was made of it
 * @param large   the same photo; its alpha is the result's
 * @param grain   share of the large photo's finest structure where the picture differs from it, 0..1
 * @param between awaited after some rows with the share that is done; may throw
 */
export async function enlarge(
  picture: Pixels,
  small: Pixels,
  large: Pixels,
  grain: number,
  between: (done: number) => Promise<void>,
): Promise<Pixels> {
  const { width, height, data: source } = large;
  const data = new Uint8ClampedArray(source.length);
  const rowOf = mapsOf(picture, small, grain);
  const across = taps(width, small.width);
  const down = taps(height, small.height);
  const line = new Float32Array(small.width * LARGE_PLANES); // the maps at one row's height
  const rowsAtOnce = Math.max(1, Math.floor(PIXELS_AT_ONCE / width));
  for (let y = 0; y < height; y++) {
    weigh(line, down, y, rowOf);
    for (let x = 0, o = 4 * y * width; x < width; x++, o += 4) paint(line, across, x, source, data, o);
    if (y % rowsAtOnce === rowsAtOnce - 1) await between((y + 1) / height);
  }
  return { width, height, data };
}

/** For each place of a long line the four places of a short one around it, and their weights. */
interface Taps {
  readonly from: Int32Array; // [4 * length]
  readonly weights: Float32Array; // [4 * length]
}

/** Catmull-Rom's cubic; ends are repeated. */
function taps(length: number, short: number): Taps {
  const from = new Int32Array(4 * length);
  const weights = new Float32Array(4 * length);
  for (let x = 0; x < length; x++) {
    const at = ((x + 0.5) * short) / length - 0.5;
    const left = Math.floor(at);
    const t = at - left;
    const cubic = [
      ((2 - t) * t - 1) * t * 0.5,
      ((3 * t - 5) * t * t + 2) * 0.5,
      ((4 - 3 * t) * t + 1) * t * 0.5,
      (t - 1) * t * t * 0.5,
    ];
    for (let k = 0; k < 4; k++) {
      from[4 * x + k] = Math.min(short - 1, Math.max(0, left - 1 + k));
      weights[4 * x + k] = cubic[k] ?? 0;
    }
  }
  return { from, weights };
}

/** A row between rows of the small maps. */
function weigh(
  line: Float32Array,
  { from, weights }: Taps,
  y: number,
  rowOf: (y: number) => Float32Array,
): void {
  line.fill(0);
  for (let k = 4 * y; k < 4 * y + 4; k++) {
    const weight = weights[k] ?? 0;
    if (weight === 0) continue;
    const row = rowOf(from[k] ?? 0);
    for (let i = 0; i < line.length; i++) line[i] = (line[i] ?? 0) + weight * (row[i] ?? 0);
  }
}

const values = new Float32Array(LARGE_PLANES);

/** One pixel: the map between four columns of `line`, applied to the large photo's colour. */
function paint(
  line: Float32Array,
  { from, weights }: Taps,
  x: number,
  source: Uint8ClampedArray,
  data: Uint8ClampedArray,
  o: number,
): void {
  const k = 4 * x;
  const p = LARGE_PLANES * (from[k] ?? 0);
  const q = LARGE_PLANES * (from[k + 1] ?? 0);
  const r = LARGE_PLANES * (from[k + 2] ?? 0);
  const s = LARGE_PLANES * (from[k + 3] ?? 0);
  const a = weights[k] ?? 0;
  const b = weights[k + 1] ?? 0;
  const c = weights[k + 2] ?? 0;
  const d = weights[k + 3] ?? 0;
  for (let i = 0; i < LARGE_PLANES; i++) {
    values[i] =
      a * (line[p + i] ?? 0) + b * (line[q + i] ?? 0) + c * (line[r + i] ?? 0) + d * (line[s + i] ?? 0);
  }
  const red = source[o] ?? 0;
  const green = source[o + 1] ?? 0;
  const blue = source[o + 2] ?? 0;
  for (let i = 0; i < 3; i++) {
    const mapped =
      (values[3 * i] ?? 0) * red + (values[3 * i + 1] ?? 0) * green + (values[3 * i + 2] ?? 0) * blue;
    data[o + i] = mapped + 255 * (values[9 + i] ?? 0); // clamped arrays round and clip
  }
  data[o + 3] = source[o + 3] ?? 0;
}
