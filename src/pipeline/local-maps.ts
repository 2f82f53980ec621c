import type { Pixels } from './pixels';

/** Cells on each side of the window in which a map is fitted, and of that over which maps are averaged. */
const FITTED = 3;
const AVERAGED = 2;

/** Added to the photo's variances, of 0..1 squared: 5 of 255. A window that is flatter has no say. */
const EPSILON = 4e-4;

/** Mean square of a change below which the photo is as good as unchanged, of 0..1 squared: 1 of 255. */
const UNCHANGED = 1.5e-5;

/** What is summed over a window: the photo (3), the change (3), the photo's squares (6), both (9), the change's. */
const SUMS = 22;

/** What a pixel of the maps holds: A row by row (9), and what it does not explain (3). */
export const LARGE_PLANES = 12;

/** Rows that are kept once they are made; a cubic looks at four. */
const KEPT = 8;

/**
 * The linear map from a photo's colours to a picture's around each pixel, row by row, each row when it is
 * first asked for; rows are asked for from top to bottom, and may be asked for again shortly after.
 *
 *     A = I + (cov(picture - photo, photo) - (1 - t) EPSILON I) (cov(photo) + EPSILON I)^-1
 *
 * over a window of 7 px, averaged over 5 px: a guided filter (He, Sun & Tang 2013, eq. 14 and 16; fitted
 * small and applied large, He & Sun 2015) that falls back to t I where the photo is flat and says nothing,
 * and not to 0. t is 1 where nothing was changed, so that A is I there, and `grain` where something was.
 * @param grain 0..1
 * @returns of a row, [W * 12]: A, then picture - A photo, in 0..1
 */
export function mapsOf(picture: Pixels, photo: Pixels, grain: number): (y: number) => Float32Array {
  const { width, height } = photo;
  const columns = new Float64Array(width * SUMS); // sums over the rows of the window
  const fitted = ring(2 * AVERAGED + 1, width * 9);
  const finished = ring(KEPT, width * LARGE_PLANES);
  let entered = 0; // rows that are in `columns`, or were
  let fits = 0;
  let done = 0;

  function fitNext(): void {
    const y = fits++;
    for (; entered <= Math.min(height - 1, y + FITTED); entered++)
      addMoments(columns, picture, photo, entered, 1);
    if (y > FITTED) addMoments(columns, picture, photo, y - FITTED - 1, -1);
    const rows = Math.min(height - 1, y + FITTED) - Math.max(0, y - FITTED) + 1;
    fitRow(columns, width, rows, grain, fitted(y));
  }

  function finishNext(): void {
    const y = done++;
    const last = Math.min(height - 1, y + AVERAGED);
    while (fits <= last) fitNext();
    averageRow(fitted, Math.max(0, y - AVERAGED), last, width, finished(y));
    explain(finished(y), picture, photo, y);
  }

  return (y) => {
    while (done <= y) finishNext();
    return finished(y);
  };
}

/** The newest of many rows, by number. */
function ring(count: number, length: number): (y: number) => Float32Array {
  const rows = Array.from({ length: count }, () => new Float32Array(length));
  return (y) => rows[y % count] ?? new Float32Array();
}

const one = new Float64Array(SUMS); // of a pixel; made once, since there are millions

/** Adds a row's products to the sums of its columns, or takes them away. */
function addMoments(sums: Float64Array, picture: Pixels, photo: Pixels, y: number, sign: 1 | -1): void {
  const { width, data } = photo;
  for (let x = 0, o = 4 * y * width, s = 0; x < width; x++, o += 4, s += SUMS) {
    let square = 0;
    for (let c = 0; c < 3; c++) {
      const before = (data[o + c] ?? 0) / 255;
      const change = (picture.data[o + c] ?? 0) / 255 - before;
      one[c] = before;
      one[3 + c] = change;
      square += change * change;
    }
    let k = 6;
    for (let i = 0; i < 3; i++) for (let j = i; j < 3; j++) one[k++] = (one[i] ?? 0) * (one[j] ?? 0);
    for (let i = 3; i < 6; i++) for (let j = 0; j < 3; j++) one[k++] = (one[i] ?? 0) * (one[j] ?? 0);
    one[k] = square / 3;
    for (let i = 0; i < SUMS; i++) sums[s + i] = (sums[s + i] ?? 0) + sign * (one[i] ?? 0);
  }
}

/** A of each pixel of a row, of the sums of its window's columns. */
function fitRow(columns: Float64Array, width: number, rows: number, grain: number, out: Float32Array): void {
  const window = new Float64Array(SUMS);
  const addColumn = (x: number, sign: number): void => {
    for (let k = 0; k < SUMS; k++) window[k] = (window[k] ?? 0) + sign * (columns[x * SUMS + k] ?? 0);
  };
  for (let x = 0; x < Math.min(FITTED, width); x++) addColumn(x, 1);
  for (let x = 0; x < width; x++) {
    if (x + FITTED < width) addColumn(x + FITTED, 1);
    if (x > FITTED) addColumn(x - FITTED - 1, -1);
    const count = rows * (Math.min(width - 1, x + FITTED) - Math.max(0, x - FITTED) + 1);
    fit(window, count, grain, out, 9 * x);
  }
}

const mean = new Float64Array(SUMS); // of a window

/** A of a window, by the inverse's cofactors. */
function fit(sums: Float64Array, count: number, grain: number, out: Float32Array, o: number): void {
  for (let k = 0; k < SUMS; k++) mean[k] = (sums[k] ?? 0) / count;
  const r = mean[0] ?? 0;
  const g = mean[1] ?? 0;
  const b = mean[2] ?? 0;
  const rr = (mean[6] ?? 0) - r * r + EPSILON;
  const rg = (mean[7] ?? 0) - r * g;
  const rb = (mean[8] ?? 0) - r * b;
  const gg = (mean[9] ?? 0) - g * g + EPSILON;
  const gb = (mean[10] ?? 0) - g * b;
  const bb = (mean[11] ?? 0) - b * b + EPSILON;
  const c0 = gg * bb - gb * gb;
  const c1 = rb * gb - rg * bb;
  const c2 = rg * gb - rb * gg;
  const c4 = rr * bb - rb * rb;
  const c5 = rb * rg - rr * gb;
  const c8 = rr * gg - rg * rg;
  const determinant = rr * c0 + rg * c1 + rb * c2; // at least EPSILON^3
  const changed = mean[21] ?? 0;
  const t = 1 - (1 - grain) * (changed / (changed + UNCHANGED));
  const less = (1 - t) * EPSILON;
  for (let i = 0; i < 3; i++) {
    const change = mean[3 + i] ?? 0;
    const x = ((mean[12 + 3 * i] ?? 0) - change * r - (i === 0 ? less : 0)) / determinant;
    const y = ((mean[13 + 3 * i] ?? 0) - change * g - (i === 1 ? less : 0)) / determinant;
    const z = ((mean[14 + 3 * i] ?? 0) - change * b - (i === 2 ? less : 0)) / determinant;
    out[o + 3 * i] = x * c0 + y * c1 + z * c2;
    out[o + 3 * i + 1] = x * c1 + y * c4 + z * c5;
    out[o + 3 * i + 2] = x * c2 + y * c5 + z * c8;
    out[o + 4 * i] = (out[o + 4 * i] ?? 0) + 1;
  }
}

/** The mean of the maps in the window around each pixel of a row. */
function averageRow(
  fitted: (y: number) => Float32Array,
  first: number,
  last: number,
  width: number,
  out: Float32Array,
): void {
  const columns = new Float32Array(width * 9);
  for (let y = first; y <= last; y++) {
    const row = fitted(y);
    for (let i = 0; i < columns.length; i++) columns[i] = (columns[i] ?? 0) + (row[i] ?? 0);
  }
  for (let x = 0; x < width; x++) {
    const [from, to] = [Math.max(0, x - AVERAGED), Math.min(width - 1, x + AVERAGED)];
    const count = (to - from + 1) * (last - first + 1);
    for (let k = 0; k < 9; k++) {
      let sum = 0;
      for (let at = from; at <= to; at++) sum += columns[9 * at + k] ?? 0;
      out[LARGE_PLANES * x + k] = sum / count;
    }
  }
}

/** What the map leaves over of the picture. */
function explain(row: Float32Array, picture: Pixels, { width, data }: Pixels, y: number): void {
  for (let x = 0, o = 4 * y * width, m = 0; x < width; x++, o += 4, m += LARGE_PLANES) {
    for (let c = 0; c < 3; c++) {
      let mapped = 0;
      for (let k = 0; k < 3; k++) mapped += (row[m + 3 * c + k] ?? 0) * (data[o + k] ?? 0);
      row[m + 9 + c] = ((picture.data[o + c] ?? 0) - mapped) / 255;
    }
  }
}
