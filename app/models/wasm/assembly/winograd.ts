// AssemblyScript: TypeScript's syntax with WebAssembly's types. asc compiles it, not tsc (see index.ts).

import { FLOAT, VECTOR } from './memory';
import { multiply, PANEL } from './multiply';

/**
 * A 3x3 convolution in 4/9 of its multiplications: F(2x2, 3x3). Each tile of 2x2 outputs comes from 4x4 inputs,
 * by 16 products of matrices [tiles, in] and [in, out] in between. Of a padded map [H + 2, W + 2, in] makes
 * [H, W, out], with bias and perhaps ReLU.
 * @param inputs  channels, a multiple of 4
 * @param outputs channels, a multiple of 8
 * @param weights [16, out / 8, in, 8], from `winogradWeights`
 * @param relu    1 or 0
 * @param block   tiles at a time, a multiple of 4
 * @param scratch 16 * block * (in + out) values
 *
 * Source: Lavin & Gray 2016, "Fast Algorithms for Convolutional Neural Networks" (arXiv:1509.09308), section 4.1.
 */
export function winograd(
  x: usize,
  height: i32,
  width: i32,
  inputs: i32,
  outputs: i32,
  weights: usize,
  bias: usize,
  relu: i32,
  block: i32,
  scratch: usize,
  out: usize,
): void {
  const before = scratch;
  const after = before + FLOAT * 16 * block * inputs;
  const columns = (width + 1) >> 1;
  const tiles = columns * ((height + 1) >> 1);
  for (let start = 0; start < tiles; start += block) {
    const count = min(block, tiles - start);
    for (let i = 0; i < count; i++) {
      const tile = start + i;
      const to = before + FLOAT * inputs * i;
      transformInput(
        x,
        height,
        width,
        inputs,
        2 * (tile / columns),
        2 * (tile % columns),
        to,
        FLOAT * block * inputs,
      );
    }
    const rows = (count + 3) & ~3; // those beyond `count` are left over, and read by nobody
    for (let k = 0; k < 16; k++) {
      const a = before + FLOAT * k * block * inputs;
      const b = weights + FLOAT * k * inputs * outputs;
      multiply(a, b, rows, inputs, outputs, after + FLOAT * k * block * outputs);
    }
    for (let i = 0; i < count; i++) {
      const tile = start + i;
      const from = after + FLOAT * outputs * i;
      transformOutput(
        from,
        FLOAT * block * outputs,
        bias,
        relu,
        height,
        width,
        outputs,
        2 * (tile / columns),
        2 * (tile % columns),
        out,
      );
    }
  }
}

/**
 * U = G g G^T, where rows of G are (1 0 0), (1 1 1)/2, (1 -1 1)/2, (0 0 1): [16, out / 8, in, 8] of a kernel
 * [3, 3, in, out].
 */
export function winogradWeights(kernel: usize, inputs: i32, outputs: i32, weights: usize): void {
  const tap = FLOAT * inputs * outputs;
  for (let c = 0; c < inputs; c++) {
    for (let o = 0; o < outputs; o += 4) {
      const from = kernel + FLOAT * (c * outputs + o);
      let to = weights + FLOAT * ((o / PANEL) * inputs * PANEL + c * PANEL + (o % PANEL));
      for (let i = 0; i < 4; i++) {
        const g0 = ofThree(from, 3 * tap, i);
        const g1 = ofThree(from + tap, 3 * tap, i);
        const g2 = ofThree(from + 2 * tap, 3 * tap, i);
        const half = f32x4.splat(0.5);
        const even = f32x4.mul(half, f32x4.add(g0, g2));
        const odd = f32x4.mul(half, g1);
        v128.store(to, g0);
        v128.store((to += tap), f32x4.add(even, odd));
        v128.store((to += tap), f32x4.sub(even, odd));
        v128.store((to += tap), g2);
        to += tap;
      }
    }
  }
}

/** Row `i` of G on three vectors that lie `step` apart. */
function ofThree(from: usize, step: usize, i: i32): v128 {
  const first = v128.load(from);
  const last = v128.load(from + 2 * step);
  if (i == 0) return first;
  if (i == 3) return last;
  const middle = v128.load(from + step);
  const outer = f32x4.add(first, last);
  return f32x4.mul(f32x4.splat(0.5), i == 1 ? f32x4.add(outer, middle) : f32x4.sub(outer, middle));
}

/**
 * V = B^T d B of the 4x4 inputs from (row, column) on: 16 values a channel, `step` bytes apart. What lies beyond
 * the map (of an odd side) is never part of an output; the last cell stands for it.
 */
function transformInput(
  x: usize,
  height: i32,
  width: i32,
  channels: i32,
  row: i32,
  column: i32,
  to: usize,
  step: usize,
): void {
  const cell = FLOAT * channels;
  const line = cell * (width + 2);
  const r0 = x + line * row + cell * column;
  const r1 = r0 + line;
  const r2 = r1 + line;
  const r3 = row + 3 < height + 2 ? r2 + line : r2;
  const c1 = cell;
  const c2 = 2 * cell;
  const c3 = column + 3 < width + 2 ? 3 * cell : c2;
  for (let c: usize = 0; c < cell; c += VECTOR) {
    let at = to + c;
    for (let i = 0; i < 4; i++) {
      // rows of B^T: d0 - d2, d1 + d2, d2 - d1, d1 - d3
      const a = c + (i == 0 ? r0 : i == 2 ? r2 : r1);
      const b = c + (i == 2 ? r1 : i == 3 ? r3 : r2);
      let d0: v128;
      let d1: v128;
      let d2: v128;
      let d3: v128;
      if (i == 1) {
        d0 = f32x4.add(v128.load(a), v128.load(b));
        d1 = f32x4.add(v128.load(a + c1), v128.load(b + c1));
        d2 = f32x4.add(v128.load(a + c2), v128.load(b + c2));
        d3 = f32x4.add(v128.load(a + c3), v128.load(b + c3));
      } else {
        d0 = f32x4.sub(v128.load(a), v128.load(b));
        d1 = f32x4.sub(v128.load(a + c1), v128.load(b + c1));
        d2 = f32x4.sub(v128.load(a + c2), v128.load(b + c2));
        d3 = f32x4.sub(v128.load(a + c3), v128.load(b + c3));
      }
      v128.store(at, f32x4.sub(d0, d2));
      v128.store((at += step), f32x4.add(d1, d2));
      v128.store((at += step), f32x4.sub(d2, d1));
      v128.store((at += step), f32x4.sub(d1, d3));
      at += step;
    }
  }
}

/** Y = A^T m A, rows of A^T being (1 1 1 0) and (0 1 -1 -1): up to 2x2 outputs from (row, column) on. */
function transformOutput(
  from: usize,
  step: usize,
  bias: usize,
  relu: i32,
  height: i32,
  width: i32,
  channels: i32,
  row: i32,
  column: i32,
  out: usize,
): void {
  const cell = FLOAT * channels;
  const line = cell * width;
  const to = out + line * row + cell * column;
  const wide = column + 1 < width;
  const rows = row + 1 < height ? 2 : 1;
  const least = f32x4.splat(relu ? 0 : -f32.MAX_VALUE);
  const next = 4 * step; // row of m
  for (let c: usize = 0; c < cell; c += VECTOR) {
    const constant = v128.load(bias + c);
    for (let i = 0; i < rows; i++) {
      const m = from + c + (i ? next : 0);
      let s0 = v128.load(m);
      let s1 = v128.load(m + step);
      let s2 = v128.load(m + 2 * step);
      let s3 = v128.load(m + 3 * step);
      const n = m + next;
      const o = n + next;
      if (i) {
        s0 = f32x4.sub(f32x4.sub(s0, v128.load(n)), v128.load(o));
        s1 = f32x4.sub(f32x4.sub(s1, v128.load(n + step)), v128.load(o + step));
        s2 = f32x4.sub(f32x4.sub(s2, v128.load(n + 2 * step)), v128.load(o + 2 * step));
        s3 = f32x4.sub(f32x4.sub(s3, v128.load(n + 3 * step)), v128.load(o + 3 * step));
      } else {
        s0 = f32x4.add(f32x4.add(s0, v128.load(n)), v128.load(o));
        s1 = f32x4.add(f32x4.add(s1, v128.load(n + step)), v128.load(o + step));
        s2 = f32x4.add(f32x4.add(s2, v128.load(n + 2 * step)), v128.load(o + 2 * step));
        s3 = f32x4.add(f32x4.add(s3, v128.load(n + 3 * step)), v128.load(o + 3 * step));
      }
      const at = to + c + (i ? line : 0);
      v128.store(at, f32x4.max(least, f32x4.add(constant, f32x4.add(f32x4.add(s0, s1), s2))));
      if (wide) {
        v128.store(at + cell, f32x4.max(least, f32x4.add(constant, f32x4.sub(f32x4.sub(s1, s2), s3))));
      }
    }
  }
}
