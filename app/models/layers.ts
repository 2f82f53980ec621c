import {
  add,
  engine,
  fused,
  stack,
  tidy,
  unstack,
  type Tensor1D,
  type Tensor3D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { AROUND, padMap, type Padding } from '../../src/norm';
import { CONVOLVE, CONVOLVE_PHASES, interleave, offers, offersFor, UPSAMPLE } from './map-kernels';

/** A convolution's parameters: kernel [3, 3, in, out], bias [out]. */
export interface Convolution {
  readonly kernel: Tensor4D;
  readonly bias: Tensor1D;
}

/** The same after a nearest 2x upsampling: four 2x2 kernels on the small map, one for each output parity. */
export interface UpConvolution {
  readonly phases: readonly { readonly row: 0 | 1; readonly column: 0 | 1; readonly kernel: Tensor4D }[];
  readonly bias: Tensor1D;
}

/** The size of a layer's input and output: the picture's side over the map's, or the picture itself. */
export type LayerScales = readonly [from: Scale, to: Scale];
export type Scale = 'pixels' | 1 | 2 | 4;

/** One step of a network. Takes [1, H, W, C] and leaves it alive; gives a new map. */
export interface Layer {
  readonly name: string;
  readonly run: (x: Tensor4D) => Tensor4D;
}

/** Runs between layers: may wait, and may throw to stop. `done` is the share of layers finished, 0..1. */
export type BetweenLayers = (done: number) => Promise<void>;

type Activation = 'relu' | 'linear';
const EDGE: Padding = { rows: [1, 1], columns: [1, 1], mode: 'symmetric' };
const ABOVE_AND_LEFT: Padding = { rows: [1, 0], columns: [1, 0], mode: 'reflect' };

/**
 * Reflection-padded 3x3 convolution, bias and activation: [1, H, W, in] to [1, H, W, out], H and W at least 2.
 * With stride 2 H and W are even, the result is [1, H/2, W/2, out], and no window reaches the padding below
 * and on the right, so there is none.
 */
export function convolve(
  x: Tensor4D,
  { kernel, bias }: Convolution,
  { stride = 1, activation = 'relu' }: { readonly stride?: 1 | 2; readonly activation?: Activation } = {},
): Tensor4D {
  return tidy(() => {
    const padded = padMap(x, stride === 1 ? AROUND : ABOVE_AND_LEFT);
    if (stride === 1 && offersFor(CONVOLVE, kernel)) {
      const inputs = { x: padded, kernel, bias };
      return engine().runKernel<Tensor4D>(CONVOLVE, inputs, { relu: activation === 'relu' });
    }
    return fused.conv2d({ x: padded, filter: kernel, strides: stride, pad: 'valid', bias, activation });
  });
}

/**
 * Nearest 2x upsampling, then `convolve`, in 4/9 of its multiplications or less: [1, H, W, in] to
 * [1, 2H, 2W, out]. A 3x3 window on the upsampled map covers only 2x2 different cells; and the map reflected
 * after upsampling is the small map with its edge repeated, so the padding stays exact.
 */
export function upConvolve(x: Tensor4D, layer: UpConvolution): Tensor4D {
  return tidy(() => {
    if (upsamples(layer)) return upsample(x, layer, { apart: false })[0] as Tensor4D;
    return interleave(phasesOf(x, layer));
  });
}

/**
 * `upConvolve` and then, without a ReLU, a `convolve` to the three colours: [1, H, W, in] to [1, 2H, 2W, 3].
 * A backend that can takes the colours from the phases, which are then never put together.
 */
export function upConvolveToColour(x: Tensor4D, up: UpConvolution, { kernel, bias }: Convolution): Tensor4D {
  return tidy(() => {
    const phases = upsamples(up) ? upsample(x, up, { apart: true }) : phasesOf(x, up);
    if (offers(CONVOLVE_PHASES) && up.bias.size % 4 === 0) {
      return engine().runKernel<Tensor4D>(CONVOLVE_PHASES, {
        ...Object.fromEntries(phases.entries()),
        kernel,
        bias,
      });
    }
    return convolve(interleave(phases), { kernel, bias }, { activation: 'linear' });
  });
}

/** The outputs of each parity of row and column: four new maps [1, H, W, out]. */
function phasesOf(x: Tensor4D, { phases, bias }: UpConvolution): readonly Tensor4D[] {
  return phases.map(({ row, column, kernel }) => {
    // [1, H + 1, W + 1, in]: what this parity's windows cover
    const padded = padMap(x, { rows: beside(row), columns: beside(column), mode: 'symmetric' });
    const phase = fused.conv2d({
      x: padded,
      filter: kernel,
      strides: 1,
      pad: 'valid',
      bias,
      activation: 'relu',
    });
    padded.dispose();
    return phase;
  });
}

function upsamples({ phases: [first] }: UpConvolution): boolean {
  return first !== undefined && offersFor(UPSAMPLE, first.kernel);
}

/** All phases by one kernel: one map [1, 2H, 2W, out], or, apart, four of [1, H, W, out]. */
function upsample(
  x: Tensor4D,
  { phases, bias }: UpConvolution,
  { apart }: { readonly apart: boolean },
): readonly Tensor4D[] {
  const kernels = Object.fromEntries(phases.map(({ kernel }, i) => [i, kernel]));
  const inputs = { x: padMap(x, EDGE), ...kernels, bias };
  return engine().runKernel<Tensor4D[]>(UPSAMPLE, inputs, { apart });
}

const beside = (parity: 0 | 1): Padding['rows'] => (parity === 0 ? [1, 0] : [0, 1]);

/** The four phase kernels of a 3x3 kernel. New tensors; the bias is shared. */
export function phaseKernels({ kernel, bias }: Convolution): UpConvolution {
  const parities = [0, 1] as const;
  return {
    bias,
    phases: parities.flatMap((row) =>
      parities.map((column) => ({
        row,
        column,
        kernel: tidy(() => merge(merge(kernel, 0, row), 1, column)),
      })),
    ),
  };
}

/** Adds the two of three taps along `axis` that fall on the same small cell. */
function merge(kernel: Tensor4D, axis: 0 | 1, parity: 0 | 1): Tensor4D {
  const [first, middle, last] = unstack(kernel, axis) as [Tensor3D, Tensor3D, Tensor3D];
  const taps = parity === 0 ? [first, add<Tensor3D>(middle, last)] : [add<Tensor3D>(first, middle), last];
  return stack(taps, axis) as Tensor4D;
}

/**
 * Runs layers one after another, freeing what lies between.
 * @param x       left alive
 * @param between awaited before each layer
 * @returns       a new map; the caller disposes it. Nothing is left behind when `between` throws.
 */
export async function runLayers(
  x: Tensor4D,
  layers: readonly Layer[],
  between: BetweenLayers,
): Promise<Tensor4D> {
  let current = x;
  try {
    for (const [index, layer] of layers.entries()) {
      await between(index / layers.length);
      const next = layer.run(current);
      if (current !== x) current.dispose();
      current = next;
    }
    return current;
  } catch (error) {
    if (current !== x) current.dispose();
    throw error;
  }
}
