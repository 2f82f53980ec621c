import { concat, getBackend, getKernel, reshape, transpose, type Tensor4D } from '@tensorflow/tfjs-core';

/**
 * tfjs kernels of our own that a backend may have (see wasm/install.ts). One without them does the same by
 * operations of tfjs.
 */
export const CONVOLVE = 'StatistyleConvolve';
export const UPSAMPLE = 'StatistyleUpsample';
export const CONVOLVE_PHASES = 'StatistyleConvolvePhases';

export function offers(kernel: string): boolean {
  return getKernel(kernel, getBackend()) !== undefined;
}

/** Whether the backend has a kernel that takes a layer of these channels: it works on four and eight at once. */
export function offersFor(kernel: typeof CONVOLVE | typeof UPSAMPLE, { shape }: Tensor4D): boolean {
  return offers(kernel) && shape[2] % 4 === 0 && shape[3] % 8 === 0;
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
