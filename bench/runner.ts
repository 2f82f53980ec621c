import {
  add,
  conv2d,
  depthwiseConv2d,
  dispose,
  div,
  fused as fusedOps,
  image,
  maxPool,
  mirrorPad,
  moments,
  mul,
  relu,
  reshape,
  sigmoid,
  split,
  sqrt,
  sub,
  tidy,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { EPSILON } from '../src/norm';
import type { TfjsPeer } from './peers';
import type { Convolution, Step } from './steps';
import { knownStyle, type LayerWeights, type WeightSource } from './weights';

/** A network with its weights. */
export interface Network {
  /** [1, H, W, 3] to a new map of the same shape; H and W multiples of 8. The input stays alive. */
  readonly run: (pixels: Tensor4D) => Tensor4D;
  readonly dispose: () => void;
}

type Run = (x: Tensor4D) => Tensor4D;

/** Makes a list of steps run, as tfjs operations. */
export function networkOf(
  { steps, fused }: Pick<TfjsPeer, 'steps' | 'fused'>,
  weights: WeightSource,
): Network {
  const owned: Tensor[] = [];
  const own = <T extends object>(tensors: T): T => {
    owned.push(...(Object.values(tensors) as Tensor[])); // of weights and statistics: tensors only
    return tensors;
  };
  const compile = (list: readonly Step[]): Run => inOrder(list.map(compileStep));
  function compileStep(step: Step): Run {
    switch (step.op) {
      case 'conv': {
        const layer = own(weights(step));
        return (x) => convolve(x, step, layer, fused);
      }
      case 'up':
        return (x) => upsample(x, step.by);
      case 'pool':
        return (x) => maxPool(x, 2, 2, 'valid');
      case 'activate':
        return step.as === 'relu' ? (x) => relu(x) : (x) => sigmoid(x);
      case 'norm': {
        const style = own(knownStyle(step.channels));
        return (x) => normalise(x, style.mean, style.std);
      }
      case 'modulate': {
        const { mean: bias, std: weight } = own(knownStyle(step.channels));
        const inner = compile(step.steps);
        return (x) => add(mul(inner(x), weight), mul(x, bias));
      }
      case 'sum': {
        const [first, second] = [compile(step.of[0]), compile(step.of[1])];
        return (x) => add(first(x), second(x));
      }
      default:
        return step satisfies never;
    }
  }
  return { run: compile(steps), dispose: () => dispose(owned) };
}

/** One step after another, freeing what lies between. */
function inOrder(runs: readonly Run[]): Run {
  return (x) => {
    let current = x.clone();
    for (const run of runs) {
      const next = tidy(() => run(current));
      current.dispose();
      current = next;
    }
    return current;
  };
}

function convolve(x: Tensor4D, step: Convolution, { kernel, bias }: LayerWeights, fused: boolean): Tensor4D {
  const { size, stride, groups, from, activation } = step;
  const around = Math.floor(size / 2);
  const padded =
    size === 1 ? x : mirrorPad(x, [[0, 0], [around, around], [around, around], [0, 0]], 'reflect'); // prettier-ignore
  if (fused && (groups === 1 || groups === from)) {
    const convolution = groups === 1 ? fusedOps.conv2d : fusedOps.depthwiseConv2d;
    return convolution({
      x: padded,
      filter: kernel,
      strides: stride,
      pad: 'valid',
      ...(bias && { bias }),
      activation,
    });
  }
  let y =
    groups === 1
      ? conv2d<Tensor4D>(padded, kernel, stride, 'valid')
      : depthwiseConv2d<Tensor4D>(padded, kernel, stride, 'valid');
  if (groups !== 1 && groups !== from) y = pairs(y);
  if (bias) y = add(y, bias);
  return activation === 'relu' ? relu(y) : y;
}

/**
 * Each channel of the first half and one of the second, added: a convolution in groups of two inputs, which
 * tfjs lacks, up to the order of its inputs.
 */
function pairs(y: Tensor4D): Tensor4D {
  const [first, second] = split(y, 2, 3) as [Tensor4D, Tensor4D];
  return add(first, second);
}

function upsample(x: Tensor4D, by: 'nearest' | 'bilinear'): Tensor4D {
  const [, height, width] = x.shape;
  const size: [number, number] = [2 * height, 2 * width];
  return by === 'nearest' ? image.resizeNearestNeighbor(x, size) : image.resizeBilinear(x, size, false, true);
}

/** Instance norm to a mean and std [C], as one factor and one term a channel. */
function normalise(x: Tensor4D, mean: Tensor1D, std: Tensor1D): Tensor4D {
  const own = moments(x, [1, 2]);
  const scale = div(std, sqrt(add(own.variance, EPSILON)));
  return add(mul(x, reshape(scale, [-1])), reshape(sub(mean, mul(scale, own.mean)), [-1]));
}
