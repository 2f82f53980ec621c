import type { Size } from './size';

/** Reach of the windows to each side, px: with both passes a pixel hears of those within twice as much. */
const REACH = 4;

/** What is taken for noise, rms of 0..1: structure this strong is halved, fainter vanishes, stronger stays. */
const NOISE = 4 / 255;

/** Rows between two looks at who waits, in pixels: some 20 ms. */
const PIXELS_AT_ONCE = 250_000;

/**
 * Takes noise out of the flat parts of a photo, before the encoder sees it. The decoder paints strokes from
 * what little structure a sky has, its grain and the steps of 8 bits; without them the sky comes back even.
 * It is the guided filter with the photo as its own guide and one gain for all three colours:
 *
 *     a = v / (v + NOISE^2),  b = (1 - a) m      m, v: mean and variance in the window of a pixel
 *     q = mean(a) p + mean(b)                    means over the same window
 *
 * Windows end at the border. Sums run along, so that the time does not depend on their size.
 *
 * @param rgb     [H * W * 3] in 0..1, written over
 * @param between awaited now and then; may throw, which leaves some rows as they were
 *
 * Source: He, Sun & Tang 2010, "Guided Image Filtering", eq. 5, 6 and 8 with p = I.
 */
export async function calmNoise(
  rgb: Float32Array,
  { width, height }: Size,
  between: () => Promise<void>,
): Promise<void> {
  const colours = slidingRows(4 * width); // red, green, blue, sum of their squares
  const gains = slidingRows(4 * width); // b of red, green and blue, and a
  const pause = Math.max(1, Math.floor(PIXELS_AT_ONCE / width));
  const entering = new Float32Array(4 * width);
  const averages = new Float64Array(4 * width);
  for (let y = -2 * REACH; y < height; y++) {
    const last = y + 2 * REACH; // the row that comes into the window of row `middle`
    if (last < height) colours.add(last, withSquares(rgb, last, width, entering));
    const middle = y + REACH;
    if (middle >= 0 && middle < height) {
      const rows = colours.keep(middle - REACH, middle + REACH, height);
      averageAlong(colours.sums, width, rows, averages);
      gains.add(middle, gainsOf(averages, width, entering));
    }
    if (y < 0) continue;
    const rows = gains.keep(y - REACH, y + REACH, height);
    averageAlong(gains.sums, width, rows, averages);
    for (let x = 0, i = y * width * 3; x < width; x++, i += 3) {
      const a = averages[4 * x + 3] ?? 0;
      rgb[i] = a * (rgb[i] ?? 0) + (averages[4 * x] ?? 0);
      rgb[i + 1] = a * (rgb[i + 1] ?? 0) + (averages[4 * x + 1] ?? 0);
      rgb[i + 2] = a * (rgb[i + 2] ?? 0) + (averages[4 * x + 2] ?? 0);
    }
    if (y % pause === pause - 1) await between();
  }
}

/** The sum of the rows of a window that moves down. */
function slidingRows(length: number) {
  const held = 2 * REACH + 2;
  const rows = new Float32Array(held * length);
  const sums = new Float64Array(length); // float32 would drift
  let first = 0; // row still in the sums
  const at = (row: number): number => (row % held) * length;
  return {
    sums,
    add(row: number, values: Float32Array): void {
      rows.set(values, at(row));
      for (let i = 0; i < length; i++) sums[i] = (sums[i] ?? 0) + (values[i] ?? 0);
    },
    /** Lets go of the rows above `from`; says how many there are from there to `to` in a map of `height`. */
    keep(from: number, to: number, height: number): number {
      for (; first < from; first++) {
        for (let i = 0, j = at(first); i < length; i++, j++) sums[i] = (sums[i] ?? 0) - (rows[j] ?? 0);
      }
      return Math.min(to, height - 1) - Math.max(0, from) + 1;
    },
  };
}

function withSquares(rgb: Float32Array, row: number, width: number, out: Float32Array): Float32Array {
  for (let x = 0, i = row * width * 3; x < width; x++, i += 3) {
    const [red, green, blue] = [rgb[i] ?? 0, rgb[i + 1] ?? 0, rgb[i + 2] ?? 0];
    out[4 * x] = red;
    out[4 * x + 1] = green;
    out[4 * x + 2] = blue;
    out[4 * x + 3] = red * red + green * green + blue * blue;
  }
  return out;
}

/** Means of four values over the window along the row, of sums over `rows` rows. */
function averageAlong(sums: Float64Array, width: number, rows: number, out: Float64Array): void {
  let [red, green, blue, fourth] = [0, 0, 0, 0];
  for (let x = -REACH; x < width; x++) {
    const entering = 4 * (x + REACH);
    if (x + REACH < width) {
      red += sums[entering] ?? 0;
      green += sums[entering + 1] ?? 0;
      blue += sums[entering + 2] ?? 0;
      fourth += sums[entering + 3] ?? 0;
    }
    if (x < 0) continue;
    const leaving = 4 * (x - REACH - 1);
    if (leaving >= 0) {
      red -= sums[leaving] ?? 0;
      green -= sums[leaving + 1] ?? 0;
      blue -= sums[leaving + 2] ?? 0;
      fourth -= sums[leaving + 3] ?? 0;
    }
    const columns = Math.min(x + REACH, width - 1) - Math.max(0, x - REACH) + 1;
    const share = 1 / (rows * columns);
    const i = 4 * x;
    out[i] = red * share;
    out[i + 1] = green * share;
    out[i + 2] = blue * share;
    out[i + 3] = fourth * share;
  }
}

/** From means of colours and squares to b of each colour, and a. */
function gainsOf(means: Float64Array, width: number, out: Float32Array): Float32Array {
  for (let i = 0; i < 4 * width; i += 4) {
    const [red, green, blue] = [means[i] ?? 0, means[i + 1] ?? 0, means[i + 2] ?? 0];
    const squares = red * red + green * green + blue * blue;
    const variance = Math.max(0, (means[i + 3] ?? 0) - squares) / 3;
    const a = variance / (variance + NOISE * NOISE);
    out[i] = (1 - a) * red;
    out[i + 1] = (1 - a) * green;
    out[i + 2] = (1 - a) * blue;
    out[i + 3] = a;
  }
  return out;
}
