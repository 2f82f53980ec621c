import {
  concat,
  engine,
  getBackend,
  getKernel,
  mirrorPad,
  reshape,
  transpose,
  type Tensor4D,
} from '@tensorflow/tfjs-core';

/**
 * tfjs kernels of our own that a backend may have (see wasm/install.ts). One without them does the same by
 * operations of tfjs.
 */
export const PAD = 'StatistylePad';
export const CONVOLVE = 'StatistyleConvolve';
export const UPSAMPLE = 'StatistyleUpsample';
export const CONVOLVE_PHASES = 'StatistyleConvolvePhases';

/** Cells to add before and after, 0 or 1 each. */
export type Beside = readonly [before: 0 | 1, after: 0 | 1];

export interface Padding {
  readonly rows: Beside;
  readonly columns: Beside;
  /** `reflect` mirrors at the cell on the edge, which is not repeated; `symmetric` repeats it. */
  readonly mode: 'reflect' | 'symmetric';
}

export function offers(kernel: string): boolean {
  return getKernel(kernel, getBackend()) !== undefined;
}

/** Whether the backend has a kernel that takes a layer of these channels: it works on four and eight at once. */
export function offersFor(kernel: typeof CONVOLVE | typeof UPSAMPLE, { shape }: Tensor4D): boolean {
  return offers(kernel) && shape[2] % 4 === 0 && shape[3] % 8 === 0;
}

/** Pads a map [1, H, W, C] by its own cells: a new map. H and W are at least 2 where `reflect` adds any. */
export function padMap(x: Tensor4D, padding: Padding): Tensor4D {
  if (offers(PAD)) return engine().runKernel<Tensor4D>(PAD, { x }, { ...padding });
  const { rows, columns, mode } = padding;
  return mirrorPad(x, [[0, 0], [...rows], [...columns], [0, 0]], mode); // prettier-ignore
}

/**
 * Four maps [1, H, W, C] to one of twice the size: a new map [1, 2H, 2W, C].
 * @param phases the cells of even rows and even columns, even and odd, odd and even, odd and odd
 */
export function interleave(phases: readonly Tensor4D[]): Tensor4D {
  const [, height = 0, width = 0, channels = 0] = phases[0]?.shape ?? [];
  const rows = [phases.slice(0, 2), phases.slice(2)].map((pair) => {
    const cells = transpose(reshape(concat(pair), [2, height * width, channels]), [1, 0, 2]); // [HW, 2, C]
    return reshape(cells, [height, 2 * width * channels]);
  });
  return reshape(concat(rows, 1), [1, 2 * height, 2 * width, channels]);
}
