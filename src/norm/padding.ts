import { engine, getBackend, getKernel, mirrorPad, type Tensor4D } from '@tensorflow/tfjs-core';

/** A tfjs kernel that a backend may have (see app/models/wasm/install.ts). One without it has tfjs's `mirrorPad`. */
export const PAD = 'StatistylePad';

/** Cells to add before and after, 0 or 1 each. */
export type Beside = readonly [before: 0 | 1, after: 0 | 1];

export interface Padding {
  readonly rows: Beside;
  readonly columns: Beside;
  /** `reflect` mirrors at the cell on the edge, which is not repeated; `symmetric` repeats it. */
  readonly mode: 'reflect' | 'symmetric';
}

/** Reflection for a 3x3 convolution. */
export const AROUND: Padding = { rows: [1, 1], columns: [1, 1], mode: 'reflect' };

/** Pads a map [1, H, W, C] by its own cells: a new map. H and W are at least 2 where `reflect` adds any. */
export function padMap(x: Tensor4D, padding: Padding): Tensor4D {
  if (getKernel(PAD, getBackend())) return engine().runKernel<Tensor4D>(PAD, { x }, { ...padding });
  const { rows, columns, mode } = padding;
  return mirrorPad(x, [[0, 0], [...rows], [...columns], [0, 0]], mode); // prettier-ignore
}
