// AssemblyScript: TypeScript's syntax with WebAssembly's types. asc compiles it, not tsc (see index.ts).

import { FLOAT, VECTOR } from './memory';
import { multiply, PANEL } from './multiply';

/**
 * Square roots and inverse square roots of symmetric positive definite matrices [N, g, g] by the iteration of
 * src/norm/matrix-roots.ts, g a multiple of 8.
 * @param scales  its `steps` scales
 * @param scratch 3 * g * g values
 */
export function roots(
  matrices: usize,
  count: i32,
  g: i32,
  scales: usize,
  steps: i32,
  scratch: usize,
  root: usize,
  inverse: usize,
): void {
  const size = FLOAT * g * g;
  const factor = scratch + size;
  const panels = factor + size;
  for (let k = 0; k < count; k++) {
    const norm = frobeniusNorm(matrices, size);
    let y = root;
    let next = scratch;
    scale(matrices, size, 1 / norm, y);
    scale(matrices, size, 1 / norm, factor); // Z Y, while Z is still the identity
    for (let step = 0; step < steps; step++) {
      if (step > 0) {
        packPanels(y, g, panels);
        multiply(inverse, panels, g, g, g, factor);
      }
      toFactor(factor, g, f32.load(scales + FLOAT * step));
      if (step > 0) {
        packPanels(inverse, g, panels);
        multiply(factor, panels, g, g, g, inverse);
      } else {
        memory.copy(inverse, factor, size);
      }
      packPanels(factor, g, panels);
      multiply(y, panels, g, g, g, next);
      const before = y;
      y = next;
      next = before;
    }
    scale(y, size, Mathf.sqrt(norm), root);
    scale(inverse, size, 1 / Mathf.sqrt(norm), inverse);
    matrices += size;
    root += size;
    inverse += size;
  }
}

function frobeniusNorm(matrix: usize, size: usize): f32 {
  let total = f32x4.splat(0);
  for (let at: usize = 0; at < size; at += VECTOR) {
    const values = v128.load(matrix + at);
    total = f32x4.add(total, f32x4.mul(values, values));
  }
  const even = f32x4.extract_lane(total, 0) + f32x4.extract_lane(total, 2);
  return Mathf.sqrt(even + f32x4.extract_lane(total, 1) + f32x4.extract_lane(total, 3));
}

function scale(from: usize, size: usize, share: f32, to: usize): void {
  const all = f32x4.splat(share);
  for (let at: usize = 0; at < size; at += VECTOR) v128.store(to + at, f32x4.mul(v128.load(from + at), all));
}

/** T = r (3 I - r^2 Z Y) / 2, in the place of Z Y. */
function toFactor(zy: usize, g: i32, r: f32): void {
  scale(zy, FLOAT * g * g, -0.5 * r * r * r, zy);
  const diagonal = FLOAT * (g + 1);
  for (let i = 0; i < g; i++) {
    const at = zy + diagonal * i;
    f32.store(at, f32.load(at) + f32(1.5) * r);
  }
}

/** [g, g] to [g / 8, g, 8], as `multiply` takes it. */
function packPanels(matrix: usize, g: i32, panels: usize): void {
  const line = FLOAT * g;
  let to = panels;
  for (let column = 0; column < g; column += PANEL) {
    let from = matrix + FLOAT * column;
    for (let row = 0; row < g; row++) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, VECTOR), VECTOR);
      from += line;
      to += 2 * VECTOR;
    }
  }
}
