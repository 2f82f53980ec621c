// AssemblyScript: TypeScript's syntax with WebAssembly's types. asc compiles it, not tsc (see index.ts).

import { FLOAT, VECTOR } from './memory';

/** Cells that are summed before they are added to what came before: few enough for the first cache. */
const CHUNK = 64;

/** Sums [C] of n cells [n, C], C a multiple of 4; in chunks: one float32 sum over all cells would lose digits. */
export function sums(x: usize, n: i32, channels: i32, result: usize): void {
  const cell = FLOAT * channels;
  memory.fill(result, 0, cell);
  for (let start = 0; start < n; start += CHUNK) {
    const count = min(CHUNK, n - start);
    for (let c: usize = 0; c < cell; c += VECTOR) {
      let from = x + cell * start + c;
      let total = f32x4.splat(0);
      for (let i = 0; i < count; i++) {
        total = f32x4.add(total, v128.load(from));
        from += cell;
      }
      v128.store(result + c, f32x4.add(v128.load(result + c), total));
    }
  }
}

/**
 * Sum of (x - mean)(x - mean)^T over n cells [n, C]: [C, C], C a multiple of 8. One half is multiplied, and
 * mirrored.
 * @param scratch CHUNK cells
 */
export function products(x: usize, n: i32, channels: i32, mean: usize, result: usize, scratch: usize): void {
  const cell = FLOAT * channels;
  memory.fill(result, 0, cell * channels);
  for (let start = 0; start < n; start += CHUNK) {
    const count = min(CHUNK, n - start);
    let from = x + cell * start;
    let to = scratch;
    for (let i = 0; i < count; i++) {
      for (let c: usize = 0; c < cell; c += VECTOR) {
        v128.store(to + c, f32x4.sub(v128.load(from + c), v128.load(mean + c)));
      }
      from += cell;
      to += cell;
    }
    const end = to;
    for (let i: usize = 0; i < cell; i += VECTOR) {
      for (let j: usize = i & ~31; j < cell; j += 2 * VECTOR) addProducts(scratch, end, cell, i, j, result);
    }
  }
  for (let i = 0; i < channels; i++) {
    for (let j = 0; j < i; j++) {
      f32.store(result + cell * i + FLOAT * j, f32.load(result + cell * j + FLOAT * i));
    }
  }
}

/** What `parts` of `values` numbers each add up to, divided by n; values a multiple of 4. */
export function average(from: usize, parts: i32, values: i32, n: i32, result: usize): void {
  const share = f32x4.splat(f32(1) / f32(n));
  const size = FLOAT * values;
  for (let at: usize = 0; at < size; at += VECTOR) {
    let total = v128.load(from + at);
    for (let part = 1; part < parts; part++) total = f32x4.add(total, v128.load(from + size * part + at));
    v128.store(result + at, f32x4.mul(total, share));
  }
}

/** Adds the products of four channels, from byte `i` of a cell, with eight, from byte `j`, over all cells. */
function addProducts(from: usize, end: usize, cell: usize, i: usize, j: usize, result: usize): void {
  let a0 = f32x4.splat(0);
  let b0 = a0;
  let a1 = a0;
  let b1 = a0;
  let a2 = a0;
  let b2 = a0;
  let a3 = a0;
  let b3 = a0;
  while (from < end) {
    const a = v128.load(from + j);
    const b = v128.load(from + j, VECTOR);
    const row = from + i;
    const x0 = v128.load32_splat(row);
    a0 = f32x4.add(a0, f32x4.mul(x0, a));
    b0 = f32x4.add(b0, f32x4.mul(x0, b));
    const x1 = v128.load32_splat(row, 4);
    a1 = f32x4.add(a1, f32x4.mul(x1, a));
    b1 = f32x4.add(b1, f32x4.mul(x1, b));
    const x2 = v128.load32_splat(row, 8);
    a2 = f32x4.add(a2, f32x4.mul(x2, a));
    b2 = f32x4.add(b2, f32x4.mul(x2, b));
    const x3 = v128.load32_splat(row, 12);
    a3 = f32x4.add(a3, f32x4.mul(x3, a));
    b3 = f32x4.add(b3, f32x4.mul(x3, b));
    from += cell;
  }
  const channels = cell / FLOAT;
  let to = result + i * channels + j;
  addTo(to, a0, b0);
  addTo((to += cell), a1, b1);
  addTo((to += cell), a2, b2);
  addTo(to + cell, a3, b3);
}

function addTo(at: usize, a: v128, b: v128): void {
  v128.store(at, f32x4.add(v128.load(at), a));
  v128.store(at, f32x4.add(v128.load(at, VECTOR), b), VECTOR);
}
