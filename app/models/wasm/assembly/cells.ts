// AssemblyScript: TypeScript's syntax with WebAssembly's types. asc compiles it, not tsc (see index.ts).

import { FLOAT, VECTOR } from './memory';

/**
 * Rows `start` to `end` of a map [H, W, C] padded by its own cells: `top` above, `left` and `right`, 0 or 1 each,
 * and below as many as `end` says.
 * @param skip 1 leaves the edge itself out (reflect), 0 repeats it (symmetric)
 */
export function pad(
  x: usize,
  height: i32,
  width: i32,
  channels: i32,
  top: i32,
  left: i32,
  right: i32,
  skip: i32,
  start: i32,
  end: i32,
  out: usize,
): void {
  const cell = FLOAT * channels;
  const row = cell * width;
  let to = out + (row + cell * (left + right)) * start;
  for (let y = start - top; y < end - top; y++) {
    const source = y < 0 ? skip : y < height ? y : height - 1 - skip;
    const from = x + row * source;
    if (left) {
      memory.copy(to, from + cell * skip, cell);
      to += cell;
    }
    memory.copy(to, from, row);
    to += row;
    if (right) {
      memory.copy(to, from + cell * (width - 1 - skip), cell);
      to += cell;
    }
  }
}

/** Cells [W, C] of even and of odd columns, alternately: [2W, C]. C is a multiple of 4. */
function interleaveRow(even: usize, odd: usize, width: i32, channels: i32, out: usize): void {
  const cell = FLOAT * channels;
  let to = out;
  for (let x = 0; x < width; x++) {
    for (let i: usize = 0; i < cell; i += VECTOR) v128.store(to + i, v128.load(even + i));
    to += cell;
    for (let i: usize = 0; i < cell; i += VECTOR) v128.store(to + i, v128.load(odd + i));
    to += cell;
    even += cell;
    odd += cell;
  }
}

/** One row of the map that the phases make, with its second cells mirrored before and after: [2W + 2, C]. */
function mirroredRow(even: usize, odd: usize, width: i32, channels: i32, out: usize): void {
  const cell = FLOAT * channels;
  interleaveRow(even, odd, width, channels, out + cell);
  memory.copy(out, out + 2 * cell, cell);
  memory.copy(out + cell * (2 * width + 1), out + cell * (2 * width - 1), cell);
}

function sum(a: v128): f32 {
  return (
    f32x4.extract_lane(a, 0) +
    f32x4.extract_lane(a, 1) +
    (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3))
  );
}

/**
 * The reflection-padded 3x3 convolution to three channels of the map that four phases [H, W, C] make, without
 * that map: rows `start` to `end` of [2H, 2W, 3]. Two pixels at a time, so that a weight is loaded once for both.
 * @param kernel  [3 out, 3, 3, C]; C is a multiple of 4
 * @param scratch three rows [2W + 2, C]
 */
export function phasesToColour(
  phase0: usize,
  phase1: usize,
  phase2: usize,
  phase3: usize,
  height: i32,
  width: i32,
  channels: i32,
  kernel: usize,
  bias: usize,
  start: i32,
  end: i32,
  scratch: usize,
  out: usize,
): void {
  const cell = FLOAT * channels;
  const row = cell * width;
  const wide = cell * (2 * width + 2);
  const taps = 3 * cell; // of one row of the kernel, which lie side by side in a row of the map as well
  const one = 3 * taps; // the kernel of one colour
  const rows = 2 * height;
  const biasRed = f32.load(bias);
  const biasGreen = f32.load(bias, 4);
  const biasBlue = f32.load(bias, 8);
  out += FLOAT * 6 * width * start;
  let known = max(-1, start - 2); // the last row in scratch; row y lies at y % 3
  for (let y = start; y < end; y++) {
    while (known < min(y + 1, rows - 1)) {
      known++;
      const at = row * (known >> 1);
      const even = (known & 1 ? phase2 : phase0) + at;
      const odd = (known & 1 ? phase3 : phase1) + at;
      mirroredRow(even, odd, width, channels, scratch + wide * (known % 3));
    }
    const above = scratch + wide * ((y > 0 ? y - 1 : 1) % 3);
    const here = scratch + wide * (y % 3);
    const below = scratch + wide * ((y + 1 < rows ? y + 1 : rows - 2) % 3);
    for (let x = 0; x < 2 * width; x += 2) {
      let red0 = f32x4.splat(0);
      let green0 = red0;
      let blue0 = red0;
      let red1 = red0;
      let green1 = red0;
      let blue1 = red0;
      for (let r = 0; r < 3; r++) {
        let from = (r == 0 ? above : r == 1 ? here : below) + cell * x;
        let weight = kernel + taps * r;
        const after = from + taps;
        while (from < after) {
          const first = v128.load(from);
          const second = v128.load(from + cell);
          const red = v128.load(weight);
          const green = v128.load(weight + one);
          const blue = v128.load(weight + 2 * one);
          red0 = f32x4.add(red0, f32x4.mul(first, red));
          green0 = f32x4.add(green0, f32x4.mul(first, green));
          blue0 = f32x4.add(blue0, f32x4.mul(first, blue));
          red1 = f32x4.add(red1, f32x4.mul(second, red));
          green1 = f32x4.add(green1, f32x4.mul(second, green));
          blue1 = f32x4.add(blue1, f32x4.mul(second, blue));
          from += VECTOR;
          weight += VECTOR;
        }
      }
      f32.store(out, sum(red0) + biasRed);
      f32.store(out, sum(green0) + biasGreen, 4);
      f32.store(out, sum(blue0) + biasBlue, 8);
      f32.store(out, sum(red1) + biasRed, 12);
      f32.store(out, sum(green1) + biasGreen, 16);
      f32.store(out, sum(blue1) + biasBlue, 20);
      out += 24;
    }
  }
}
