import { getBackend, type Tensor } from '@tensorflow/tfjs-core';
import type { Convolution, UpConvolution } from './layers';

/** The tfjs kernels that are a whole network each. A backend without them runs the layers one by one. */
export const ENCODE = 'StatistyleEncode';
export const DECODE = 'StatistyleDecode';

/** Channels at 1/1, 1/2 and 1/4 of the picture's side. */
export type Widths = readonly [number, number, number];

/** Of a picture or a map, in its own cells. */
export interface MapSize {
  readonly height: number;
  readonly width: number;
}

/** What a backend with whole-network kernels does besides running them, which tfjs's own registry cannot say. */
export interface NetworkKernels {
  /** Compiles, without blocking, what networks of these widths need, once. False: it cannot run them. */
  readonly compile: (widths: Widths) => Promise<boolean>;
  /** Makes room for a picture. Rejects when the device has not enough memory. */
  readonly reserve: (widths: Widths, picture: MapSize) => Promise<void>;
  /** Resolves when the run before has left the device. */
  readonly idle: () => Promise<void>;
}

const offered = new Map<string, NetworkKernels>();

/** Says that tfjs's backend of this name has ENCODE and DECODE. A later offer replaces an earlier one. */
export function offerKernels(backendName: string, kernels: NetworkKernels): void {
  offered.set(backendName, kernels);
}

/** Begins to compile ahead of the first run, where there is anything to compile. */
export function prepareKernels(widths: Widths): void {
  void offered.get(getBackend())?.compile(widths); // the first run asks again, and hears the answer
}

/**
 * Whether the running backend takes a network of these widths as one kernel. Waits until it may start:
 * programs compiled, room made, and the run before finished, so that no more than one run is ever queued on
 * the device and a cancel is never far away.
 * @throws Error naming memory, when there is not enough for the picture
 */
export async function kernelsReady(widths: Widths, picture: MapSize): Promise<boolean> {
  const kernels = offered.get(getBackend());
  if (!kernels || !(await kernels.compile(widths))) return false;
  await kernels.idle();
  await kernels.reserve(widths, picture);
  return true;
}

/** A network's weights as a kernel's inputs: `<layer>/kernel` or `<layer>/phase<0..3>`, and `<layer>/bias`. */
export function namedWeights(
  weights: Readonly<Record<string, Convolution | UpConvolution>>,
): Record<string, Tensor> {
  const named: Record<string, Tensor> = {};
  for (const [layer, one] of Object.entries(weights)) {
    if ('kernel' in one) named[`${layer}/kernel`] = one.kernel;
    else for (const [i, { kernel }] of one.phases.entries()) named[`${layer}/phase${i}`] = kernel;
    named[`${layer}/bias`] = one.bias;
  }
  return named;
}
