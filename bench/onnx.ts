import { concat, dispose, tidy, transpose, zerosLike, type Tensor } from '@tensorflow/tfjs-core';
import { EPSILON } from '../src/norm';
import { OnnxGraph, type Value } from './onnx-graph';
import type { Convolution, Step } from './steps';
import { knownStyle, type WeightSource } from './weights';

/**
 * A network as an ONNX file: what `networkOf` runs as tfjs operations, from pixels [1, H, W, 3] to pixels.
 * Maps are [1, C, H, W] inside, as ONNX has them. AdaIN to a known style is ONNX's InstanceNormalization,
 * with the style's std as its scale and the mean as its bias.
 */
export async function onnxModel(
  steps: readonly Step[],
  weights: WeightSource,
): Promise<Uint8Array<ArrayBuffer>> {
  const graph = new OnnxGraph();
  const inner = graph.node('Transpose', [graph.input], { perm: { ints: [0, 3, 1, 2] } });
  const output = await inOrder(graph, steps, weights, inner);
  return graph.model(graph.node('Transpose', [output], { perm: { ints: [0, 2, 3, 1] } }));
}

async function inOrder(
  graph: OnnxGraph,
  steps: readonly Step[],
  weights: WeightSource,
  input: Value,
): Promise<Value> {
  let x = input;
  for (const step of steps) x = await stepOf(graph, step, weights, x);
  return x;
}

async function stepOf(graph: OnnxGraph, step: Step, weights: WeightSource, x: Value): Promise<Value> {
  switch (step.op) {
    case 'conv':
      return convolve(graph, step, weights, x);
    case 'up':
      return upsample(graph, step.by, x);
    case 'pool':
      return graph.node('MaxPool', [x], { kernel_shape: { ints: [2, 2] }, strides: { ints: [2, 2] } });
    case 'activate':
      return graph.node(step.as === 'relu' ? 'Relu' : 'Sigmoid', [x]);
    case 'norm': {
      const { mean, std } = await styleOf(graph, step.channels, [step.channels]);
      return graph.node('InstanceNormalization', [x, std, mean], { epsilon: { float: EPSILON } });
    }
    case 'modulate': {
      const { mean: bias, std: weight } = await styleOf(graph, step.channels, [1, step.channels, 1, 1]);
      const inner = await inOrder(graph, step.steps, weights, x);
      return graph.node('Add', [graph.node('Mul', [inner, weight]), graph.node('Mul', [x, bias])]);
    }
    case 'sum': {
      const first = await inOrder(graph, step.of[0], weights, x);
      return graph.node('Add', [first, await inOrder(graph, step.of[1], weights, x)]);
    }
    default:
      return step satisfies never;
  }
}

async function convolve(
  graph: OnnxGraph,
  step: Convolution,
  weights: WeightSource,
  x: Value,
): Promise<Value> {
  const { size, stride, groups, from, activation } = step;
  const { kernel, bias } = weights(step);
  const dense = groups === 1;
  const pairs = !dense && groups !== from; // each channel of the first half and one of the second
  const [filter, term] = tidy(() => [
    transpose(kernel, dense ? [3, 2, 0, 1] : [2, 3, 0, 1]),
    bias && pairs ? concat([bias, zerosLike(bias)]) : bias?.clone(),
  ]);
  const [first, second] = filter.shape;
  const shape = dense ? [first, second, size, size] : [first * second, 1, size, size]; // out, in of a group
  dispose(bias ? [kernel, bias] : kernel);
  const inputs = [pad(graph, Math.floor(size / 2), x), await constant(graph, filter, shape)];
  if (term) inputs.push(await constant(graph, term));
  const attributes = { group: { int: dense ? 1 : from }, strides: { ints: [stride, stride] } };
  let y = graph.node('Conv', inputs, attributes);
  if (pairs) y = graph.node('Add', graph.nodes('Split', [y], 2, { axis: { int: 1 } }));
  return activation === 'relu' ? graph.node('Relu', [y]) : y;
}

/** Reflects `around` cells on each side. */
function pad(graph: OnnxGraph, around: number, x: Value): Value {
  if (around === 0) return x;
  const before = [0, 0, around, around].map(BigInt); // as many after
  const pads = graph.constant(BigInt64Array.from([...before, ...before]), [8]);
  return graph.node('Pad', [x, pads], { mode: 'reflect' });
}

function upsample(graph: OnnxGraph, by: 'nearest' | 'bilinear', x: Value): Value {
  const scales = graph.constant(Float32Array.of(1, 1, 2, 2), [4]);
  const attributes =
    by === 'nearest'
      ? { mode: 'nearest', nearest_mode: 'floor', coordinate_transformation_mode: 'asymmetric' }
      : { mode: 'linear', coordinate_transformation_mode: 'half_pixel' };
  return graph.node('Resize', [x, '', scales], attributes);
}

/** The style that all know, each part of the given shape. */
async function styleOf(
  graph: OnnxGraph,
  channels: number,
  shape: readonly number[],
): Promise<Readonly<Record<'mean' | 'std', Value>>> {
  const { mean, std } = knownStyle(channels);
  return { mean: await constant(graph, mean, shape), std: await constant(graph, std, shape) };
}

/** Takes the tensor over: it is disposed. */
async function constant(graph: OnnxGraph, tensor: Tensor, shape: readonly number[] = tensor.shape) {
  const values = await tensor.data<'float32'>();
  tensor.dispose();
  return graph.constant(values, shape);
}
