// AssemblyScript: TypeScript's syntax with WebAssembly's types. asc compiles it, not tsc (see index.ts).

import { FLOAT, VECTOR } from './memory';
import { multiply, PANEL } from './multiply';

/**
 * Nearest 2x upsampling, a 3x3 convolution a b c and a ReLU, in 9 of 16 multiplications of the phases: along one axis
 * y[2i] = a (x[i-1] - x[i]) + (a + b + c) x[i] and y[2i+1] = (a + b + c) x[i] + c (x[i+1] - x[i]), which share
 * a product; 3 x 3 of them make a cell's four outputs. Of a padded map [H + 2, W + 2, in].
 * @param weights [9, out / 8, in, 8], from `upsampleWeights`
 * @param out0    where the first cell of each phase goes; the next cell follows after `columnStep` bytes, the
 *                next row after `rowStep`
 * @param scratch 9 * block * (in + out) values
 */
export function upsample(
  x: usize,
  height: i32,
  width: i32,
  inputs: i32,
  outputs: i32,
  weights: usize,
  bias: usize,
  block: i32,
  scratch: usize,
  out0: usize,
  out1: usize,
  out2: usize,
  out3: usize,
  rowStep: usize,
  columnStep: usize,
): void {
  const before = scratch;
  const after = before + FLOAT * 9 * block * inputs;
  const cells = height * width;
  for (let start = 0; start < cells; start += block) {
    const count = min(block, cells - start);
    for (let i = 0; i < count; i++) {
      const cell = start + i;
      const from = x + FLOAT * inputs * ((width + 2) * (cell / width) + (cell % width));
      differences(from, width, inputs, before + FLOAT * inputs * i, FLOAT * block * inputs);
    }
    const rows = (count + 3) & ~3;
    for (let k = 0; k < 9; k++) {
      const a = before + FLOAT * k * block * inputs;
      const b = weights + FLOAT * k * inputs * outputs;
      multiply(a, b, rows, inputs, outputs, after + FLOAT * k * block * outputs);
    }
    const step: usize = FLOAT * block * outputs;
    for (let i = 0; i < count; i++) {
      const cell = start + i;
      const at = rowStep * (cell / width) + columnStep * (cell % width);
      const m = after + FLOAT * outputs * i;
      addFour(m, step, bias, outputs, out0 + at);
      addFour(m + step, step, bias, outputs, out1 + at);
      addFour(m + 3 * step, step, bias, outputs, out2 + at);
      addFour(m + 4 * step, step, bias, outputs, out3 + at);
    }
  }
}

/**
 * Taps a, a + b + c, c of rows times those of columns: [9, out / 8, in, 8], from the phases that have them,
 * kernels [2, 2, in, out].
 */
export function upsampleWeights(
  phase0: usize,
  phase1: usize,
  phase2: usize,
  phase3: usize,
  inputs: i32,
  outputs: i32,
  weights: usize,
): void {
  const tap = FLOAT * inputs * outputs;
  for (let c = 0; c < inputs; c++) {
    for (let o = 0; o < outputs; o += 4) {
      const at = FLOAT * (c * outputs + o);
      const first = v128.load(phase0 + at);
      const right = v128.load(phase0 + at + tap);
      const below = v128.load(phase0 + at + 2 * tap);
      const last = v128.load(phase0 + at + 3 * tap);
      const ac = v128.load(phase1 + at + tap);
      const ca = v128.load(phase2 + at + 2 * tap);
      const top = f32x4.add(first, right);
      let to = weights + FLOAT * ((o / PANEL) * inputs * PANEL + c * PANEL + (o % PANEL));
      v128.store(to, first);
      v128.store((to += tap), top);
      v128.store((to += tap), ac);
      v128.store((to += tap), f32x4.add(first, below));
      v128.store((to += tap), f32x4.add(top, f32x4.add(below, last)));
      v128.store((to += tap), f32x4.add(ac, v128.load(phase1 + at + 3 * tap)));
      v128.store((to += tap), ca);
      v128.store((to += tap), f32x4.add(ca, v128.load(phase2 + at + 3 * tap)));
      v128.store((to += tap), v128.load(phase3 + at + 3 * tap));
    }
  }
}

/** Of 3x3 cells from `x` on, along both axes: first less middle, middle, last less middle; `step` bytes apart. */
function differences(x: usize, width: i32, channels: i32, to: usize, step: usize): void {
  const cell = FLOAT * channels;
  const line = cell * (width + 2);
  for (let c: usize = 0; c < cell; c += VECTOR) {
    const middle = x + c + line;
    const m0 = v128.load(middle);
    const m1 = v128.load(middle + cell);
    const m2 = v128.load(middle + 2 * cell);
    let at = to + c;
    for (let i = 0; i < 3; i++) {
      let d0 = m0;
      let d1 = m1;
      let d2 = m2;
      if (i != 1) {
        const row = i ? middle + line : x + c;
        d0 = f32x4.sub(v128.load(row), m0);
        d1 = f32x4.sub(v128.load(row + cell), m1);
        d2 = f32x4.sub(v128.load(row + 2 * cell), m2);
      }
      v128.store(at, f32x4.sub(d0, d1));
      v128.store((at += step), d1);
      v128.store((at += step), f32x4.sub(d2, d1));
      at += step;
    }
  }
}

/** One phase's output of a cell: four neighbours of its 3x3 products, bias, ReLU. */
function addFour(m: usize, step: usize, bias: usize, channels: i32, to: usize): void {
  const cell = FLOAT * channels;
  for (let c: usize = 0; c < cell; c += VECTOR) {
    const at = m + c;
    const top = f32x4.add(v128.load(at), v128.load(at + step));
    const bottom = f32x4.add(v128.load(at + 3 * step), v128.load(at + 4 * step));
    const value = f32x4.add(v128.load(bias + c), f32x4.add(top, bottom));
    v128.store(to + c, f32x4.max(f32x4.splat(0), value));
  }
}
