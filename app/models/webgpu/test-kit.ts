import { f16round } from '@petamoriken/float16';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { DecoderWeights } from '../decoder';
import type { EncoderWeights } from '../encoder';
import type { Place } from './network';
import type { Dispatch, Plan } from './plan';
import type { Precision } from './program';

/** Shared by the tests of this folder only: the kernels' arithmetic, step by step, on the processor. */

export interface Simulated {
  readonly maps: Readonly<Record<Place, Float32Array>>;
  /** The largest magnitude that was to be stored in scratch; float16 ends at 65,504. */
  readonly largest: number;
}

/**
 * Runs a plan as its shaders would: in float16, what is loaded is rounded, each product and each sum of the
 * four products of a matrix row is rounded, the running sums are float32, scratch is rounded when stored.
 */
export function simulate(
  plan: Plan,
  weights: EncoderWeights | DecoderWeights,
  inputs: Partial<Record<Place, Float32Array>>,
): Simulated {
  const none = new Float32Array();
  const maps: Record<Place, Float32Array> = {
    ...{ pixels: none, features: none, ping: none, pong: none },
    ...inputs,
  };
  const layers = weights as Readonly<Record<string, EncoderWeights['conv1'] | DecoderWeights['up1']>>;
  let largest = 0;
  for (const dispatch of plan.dispatches) {
    const layer = layers[dispatch.layer];
    if (!layer) throw new Error(`no weights for ${dispatch.layer}`);
    const kernels: readonly Tensor4D[] =
      'kernel' in layer ? [layer.kernel] : layer.phases.map(({ kernel }) => kernel);
    const bias = layer.bias.dataSync() as Float32Array;
    maps[dispatch.to] = convolution(
      dispatch,
      maps[dispatch.from],
      kernels.map((kernel) => ({ shape: kernel.shape, values: kernel.dataSync() as Float32Array })),
      bias,
    );
    if (dispatch.to === 'ping' || dispatch.to === 'pong') {
      largest = maps[dispatch.to].reduce((most, v) => Math.max(most, Math.abs(v)), largest);
    }
  }
  return { maps, largest };
}

interface Kernel {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

const rounder = (precision: Precision): ((value: number) => number) =>
  precision === 'float16' ? f16round : Math.fround;

function convolution(
  { program, input, cells, to: place }: Dispatch,
  source: Float32Array,
  kernels: readonly Kernel[],
  bias: Float32Array,
): Float32Array {
  const { taps, stride, phases, precision, relu, reluOnInput } = program;
  const round = rounder(precision);
  const [from, to] = [kernels[0]?.shape[2] ?? 0, bias.length];
  const x = source.map((v) => round(reluOnInput ? Math.max(v, 0) : v));
  const scale = phases === 4 ? 2 : 1;
  const result = new Float32Array(cells.height * cells.width * scale * scale * to);
  const reflect = (i: number, n: number) => (i < 0 ? -i : i >= n ? 2 * (n - 1) - i : i);
  const clamp = (i: number, n: number) => Math.min(Math.max(i, 0), n - 1);
  const inside = phases === 4 ? clamp : reflect;
  const scratch = place === 'ping' || place === 'pong';
  for (const [phase, kernel] of kernels.entries()) {
    const [row, column] = [phase >> 1, phase & 1];
    const w = kernel.values.map(round);
    const shift = phases === 4 ? [row - 1, column - 1] : [-1, -1];
    const sums = new Float32Array(to);
    for (let cy = 0; cy < cells.height; cy++) {
      for (let cx = 0; cx < cells.width; cx++) {
        sums.set(bias);
        for (let ky = 0; ky < taps; ky++) {
          for (let kx = 0; kx < taps; kx++) {
            const y = inside(stride * cy + ky + (shift[0] ?? 0), input.height);
            const at = (y * input.width + inside(stride * cx + kx + (shift[1] ?? 0), input.width)) * from;
            addProducts(sums, x, at, w, (ky * taps + kx) * from * to, from, to, round);
          }
        }
        const out = ((scale * cy + row) * cells.width * scale + scale * cx + column) * to;
        for (let o = 0; o < to; o++) {
          const sum = sums[o] ?? 0;
          const active = relu ? Math.max(sum, 0) : sum;
          result[out + o] = scratch ? round(active) : active;
        }
      }
    }
  }
  return result;
}

/** sums[o] += x[at + i] * w[i, o], four i at a time. */
function addProducts(
  sums: Float32Array,
  x: Float32Array,
  at: number,
  w: Float32Array,
  start: number,
  from: number,
  to: number,
  round: (value: number) => number,
): void {
  for (let i = 0; i < from; i += 4) {
    const last = Math.min(from, i + 4);
    for (let o = 0; o < to; o++) {
      let four = 0;
      for (let c = i; c < last; c++)
        four = round(four + round((x[at + c] ?? 0) * (w[start + c * to + o] ?? 0)));
      sums[o] = (sums[o] ?? 0) + four;
    }
  }
}
