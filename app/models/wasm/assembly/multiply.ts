// AssemblyScript: TypeScript's syntax with WebAssembly's types. asc compiles it, not tsc (see index.ts).

import { FLOAT, VECTOR } from './memory';

/** Output channels that are multiplied at once: weights lie as [out / PANEL, in, PANEL]. */
export const PANEL = 8;

/** [rows, in] times [out / 8, in, 8] to [rows, out]; rows a multiple of 4. Four rows and eight columns in registers. */
export function multiply(a: usize, b: usize, rows: i32, inputs: i32, outputs: i32, out: usize): void {
  const line = FLOAT * inputs;
  const wide = FLOAT * outputs;
  for (let panel = 0; panel < outputs; panel += PANEL) {
    const weights = b + FLOAT * panel * inputs;
    for (let row = 0; row < rows; row += 4) {
      let x0 = a + line * row;
      let w = weights;
      const end = x0 + line;
      let a0 = f32x4.splat(0);
      let b0 = a0;
      let a1 = a0;
      let b1 = a0;
      let a2 = a0;
      let b2 = a0;
      let a3 = a0;
      let b3 = a0;
      while (x0 < end) {
        const left = v128.load(w);
        const right = v128.load(w, VECTOR);
        const v0 = v128.load32_splat(x0);
        a0 = f32x4.add(a0, f32x4.mul(v0, left));
        b0 = f32x4.add(b0, f32x4.mul(v0, right));
        const v1 = v128.load32_splat(x0 + line);
        a1 = f32x4.add(a1, f32x4.mul(v1, left));
        b1 = f32x4.add(b1, f32x4.mul(v1, right));
        const v2 = v128.load32_splat(x0 + 2 * line);
        a2 = f32x4.add(a2, f32x4.mul(v2, left));
        b2 = f32x4.add(b2, f32x4.mul(v2, right));
        const v3 = v128.load32_splat(x0 + 3 * line);
        a3 = f32x4.add(a3, f32x4.mul(v3, left));
        b3 = f32x4.add(b3, f32x4.mul(v3, right));
        x0 += FLOAT;
        w += 2 * VECTOR;
      }
      let to = out + wide * row + FLOAT * panel;
      v128.store(to, a0);
      v128.store(to, b0, VECTOR);
      v128.store((to += wide), a1);
      v128.store(to, b1, VECTOR);
      v128.store((to += wide), a2);
      v128.store(to, b2, VECTOR);
      v128.store((to += wide), a3);
      v128.store(to, b3, VECTOR);
    }
  }
}
