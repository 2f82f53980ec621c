import {
  add,
  concat,
  fused,
  mirrorPad,
  reshape,
  stack,
  tidy,
  transpose,
  unstack,
  type Tensor1D,
  type Tensor3D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';

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
export type Scale = 'pixels' | 1 | 2 | 4 | 8;

/** One step of a network. Takes [1, H, W, C] and leaves it alive; gives a new map. */
export interface Layer {
  readonly name: string;
  readonly run: (x: Tensor4D) => Tensor4D;
}

/** Runs between layers: may wait, and may throw to stop. `done` is the share of layers finished, 0..1. */
export type BetweenLayers = (done: number) => Promise<void>;

type Activation = 'relu' | 'linear';
const AROUND: [number, number][] = [[0, 0], [1, 1], [1, 1], [0, 0]]; // prettier-ignore
const ABOVE_AND_LEFT: [number, number][] = [[0, 0], [1, 0], [1, 0], [0, 0]]; // prettier-ignore

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
  return tidy(() =>
    fused.conv2d({
      x: mirrorPad(x, stride === 1 ? AROUND : ABOVE_AND_LEFT, 'reflect'),
      filter: kernel,
      strides: stride,
      pad: 'valid',
      bias,
      activation,
    }),
  );
}

/**
 * Nearest 2x upsampling, then `convolve`, in 4/9 of its multiplications: [1, H, W, in] to [1, 2H, 2W, out].
 * A 3x3 window on the upsampled map covers only 2x2 different cells; and the map reflected after upsampling
 * is the small map with its edge repeated, so the padding stays exact.
 */
export function upConvolve(
  x: Tensor4D,
  { phases, bias }: UpConvolution,
  activation: Activation = 'relu',
): Tensor4D {
  const [, height, width] = x.shape;
  return tidy(() => {
    const outputs = phases.map(({ row, column, kernel }) => {
      const around: [number, number][] = [[0, 0], [1 - row, row], [1 - column, column], [0, 0]]; // prettier-ignore
      const padded = mirrorPad(x, around, 'symmetric'); // [1, H + 1, W + 1, in]: what this parity's windows cover
      return fused.conv2d({ x: padded, filter: kernel, strides: 1, pad: 'valid', bias, activation });
    });
    return interleave(outputs, height, width);
  });
}

/**
 * The four phases [1, H, W, C], row by row of parities, to one map [1, 2H, 2W, C]: the two of a row are
 * transposed into each other, and the rows, which are long, concatenated. On wasm tfjs's concatenation of
 * short pieces takes four times as long, and its depthToSpace longer still.
 */
function interleave(phases: readonly Tensor4D[], height: number, width: number): Tensor4D {
  const channels = phases[0]?.shape[3] ?? 0;
  const rows = [phases.slice(0, 2), phases.slice(2)].map((pair) => {
    const cells = transpose(reshape(concat(pair), [2, height * width, channels]), [1, 0, 2]); // [HW, 2, C]
    return reshape(cells, [height, 2 * width * channels]);
  });
  return reshape(concat(rows, 1), [1, 2 * height, 2 * width, channels]);
}

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
