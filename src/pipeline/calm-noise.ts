import type { Size } from './size';

/** Reach of the windows to each side, px: with both passes a pixel hears of those within twice as much. */
const REACH = 6;

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
  const averages = new Float32Array(4 * width);
  for (let y = -2 * REACH; y < height; y++) {
    const [middle, last] = [y + REACH, y + 2 * REACH]; // the row that `colours` is then around, and its last one
    if (last < height) withSquares(rgb, last * width * 3, entering);
    else entering.fill(0); // below the border
    colours.enter(last, entering);
    if (middle < 0) continue;
    if (middle < height) {
      averageAlong(colours.sums, width, rowsAround(middle, height), averages);
      gainsOf(averages, entering);
    } else entering.fill(0);
    gains.enter(middle, entering);
    if (y < 0) continue;
    averageAlong(gains.sums, width, rowsAround(y, height), averages);
    for (let x = 0, i = y * width * 3; x < averages.length; x += 4, i += 3) {
      const a = averages[x + 3] ?? 0;
      rgb[i] = a * (rgb[i] ?? 0) + (averages[x] ?? 0);
      rgb[i + 1] = a * (rgb[i + 1] ?? 0) + (averages[x + 1] ?? 0);
      rgb[i + 2] = a * (rgb[i + 2] ?? 0) + (averages[x + 2] ?? 0);
    }
    if (y % pause === pause - 1) await between();
  }
}

/** The sum of the last rows, as many as a window has. Those above the border count as zeros. */
function slidingRows(length: number) {
  const rows = new Float32Array((2 * REACH + 1) * length);
  const sums = new Float64Array(length); // float32 would drift
  return {
    sums,
    /** A row comes in, and the one that was in its place goes. */
    enter(row: number, values: Float32Array): void {
      for (let i = 0, j = (row % (2 * REACH + 1)) * length; i < length; i++, j++) {
        const value = values[i] ?? 0;
        sums[i] = (sums[i] ?? 0) + (value - (rows[j] ?? 0));
        rows[j] = value;
      }
    },
  };
}

/** How many of the rows (or columns) around one lie inside the picture. */
function rowsAround(row: number, height: number): number {
  return Math.min(row + REACH, height - 1) - Math.max(0, row - REACH) + 1;
}

/** The row of `rgb` that begins at `from`, each pixel with the sum of its squares. */
function withSquares(rgb: Float32Array, from: number, out: Float32Array): void {
  for (let x = 0, i = from; x < out.length; x += 4, i += 3) {
    const red = rgb[i] ?? 0;
    const green = rgb[i + 1] ?? 0;
    const blue = rgb[i + 2] ?? 0;
    out[x] = red;
    out[x + 1] = green;
    out[x + 2] = blue;
    out[x + 3] = red * red + green * green + blue * blue;
  }
}

/** Means of four values over the window along the row, of sums over `rows` rows. */
function averageAlong(sums: Float64Array, width: number, rows: number, out: Float32Array): void {
  const [inside, whole] = [width - REACH, 1 / (rows * (2 * REACH + 1))];
  for (let c = 0; c < 4; c++) {
    let sum = 0;
    for (let x = 0; x < Math.min(REACH, width); x++) sum += sums[4 * x + c] ?? 0;
    let x = 0;
    for (; x < Math.min(width, REACH + 1); x++) {
      if (x < inside) sum += sums[4 * (x + REACH) + c] ?? 0;
      out[4 * x + c] = sum / (rows * rowsAround(x, width));
    }
    for (let i = 4 * x + c; x < inside; x++, i += 4) {
      sum += (sums[i + 4 * REACH] ?? 0) - (sums[i - 4 * REACH - 4] ?? 0);
      out[i] = sum * whole;
    }
    for (; x < width; x++) {
      sum -= sums[4 * (x - REACH - 1) + c] ?? 0;
      out[4 * x + c] = sum / (rows * rowsAround(x, width));
    }
  }
}

/** From means of colours and squares to b of each colour, and a. */
function gainsOf(means: Float32Array, out: Float32Array): void {
  for (let i = 0; i < out.length; i += 4) {
    const red = means[i] ?? 0;
    const green = means[i + 1] ?? 0;
    const blue = means[i + 2] ?? 0;
    const squares = red * red + green * green + blue * blue;
    const variance = Math.max(0, (means[i + 3] ?? 0) - squares) / 3;
    const a = variance / (variance + NOISE * NOISE);
    out[i] = (1 - a) * red;
    out[i + 1] = (1 - a) * green;
    out[i + 2] = (1 - a) * blue;
    out[i + 3] = a;
  }
}
