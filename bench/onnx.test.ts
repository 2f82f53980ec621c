import { memory, randomUniform, type Rank, type Tensor4D } from '@tensorflow/tfjs-core';
import { env, InferenceSession, Tensor } from 'onnxruntime-web';
import { beforeAll, describe, expect, it } from 'vitest';
import { decode } from '../app/models/decoder';
import { encode } from '../app/models/encoder';
import { readWeights, shippedNetworks, useWasm } from '../src/pipeline/test-kit';
import { onnxModel } from './onnx';
import { PEERS } from './peers';
import { restyled } from './racers';
import { networkOf } from './runner';
import { bilinear, conv, norm, pool, relu, residual, separable, type Step } from './steps';
import { knownStyle, randomWeights, trainedWeights, type LayerWeights, type WeightSource } from './weights';

const SHAPE: [number, number, number, number] = [1, 40, 56, 3];
const go = async () => undefined;

/** What onnxruntime-web makes of the pixels. */
async function painted(model: Uint8Array, pixels: Tensor4D): Promise<Float32Array> {
  const session = await InferenceSession.create(model, { logSeverityLevel: 3 });
  const input = new Tensor('float32', await pixels.data<'float32'>(), pixels.shape);
  const [picture] = Object.values(await session.run({ pixels: input }));
  await session.release();
  expect(picture?.dims).toEqual(pixels.shape);
  return picture?.data as Float32Array; // of a model whose output is float32
}

/** The largest difference over the largest value. */
function difference(a: Float32Array, b: Float32Array): number {
  const scale = Math.max(...a.map(Math.abs));
  return Math.max(...a.map((value, k) => Math.abs(value - (b[k] ?? NaN)))) / scale;
}

/** Gives a step the same random weights whenever it asks. */
function remembered(): WeightSource {
  const known = new Map<Step, LayerWeights>();
  return (step) => {
    const { kernel, bias } = known.get(step) ?? randomWeights(step);
    known.set(step, { kernel, ...(bias && { bias }) });
    return { kernel: kernel.clone(), ...(bias && { bias: bias.clone() }) };
  };
}

describe('a network as an ONNX file', () => {
  beforeAll(async () => {
    env.wasm.numThreads = 1;
    await useWasm();
  });

  it('[ON1] with the weights that ship, onnxruntime-web paints what our pipeline paints', async () => {
    const { encoder, decoder } = await shippedNetworks();
    const pixels = randomUniform<Rank.R4>(SHAPE, 0, 1);
    const style = knownStyle(64);
    const ours = await decode(decoder, restyled(await encode(encoder, pixels, go), style), go);
    const picture = ours.dataSync<'float32'>();
    const trained = await trainedWeights(readWeights);
    const before = memory().numTensors;
    const model = await onnxModel(PEERS.onnx.steps, trained.source);
    expect(memory().numTensors).toBe(before);
    expect(difference(picture, await painted(model, pixels))).toBeLessThan(1e-4);
    expect(Math.max(...picture) - Math.min(...picture)).toBeGreaterThan(0.2); // a picture, not a plain colour
  });

  const filtered: Step = { op: 'modulate', channels: 8, steps: [conv(3, 8, 8, { activation: 'linear' })] };
  it.each<readonly [string, readonly Step[]]>([
    ['the largest of each 2 x 2', [conv(3, 3, 12), pool, bilinear, conv(1, 12, 3)]],
    ['depthwise, then 1 x 1', [conv(3, 3, 8), ...separable(3, 8, 3), norm(3)]],
    ['one input to two outputs', [conv(3, 3, 6, { groups: 3, stride: 2 }), bilinear, conv(1, 6, 3)]],
    ['pairs of inputs', [conv(1, 3, 8), conv(3, 8, 4, { groups: 4 }), conv(1, 4, 3)]],
    ['a style that scales a convolution', [conv(1, 3, 8), residual([filtered, relu]), conv(1, 8, 3)]],
    ['a sigmoid', [conv(9, 3, 3, { activation: 'linear' }), { op: 'activate', as: 'sigmoid' }]],
  ])('[ON2] %s: as in tfjs', async (_, steps) => {
    const pixels = randomUniform<Rank.R4>(SHAPE, -1, 1);
    const weights = remembered();
    const expected = networkOf({ steps, fused: false }, weights).run(pixels).dataSync<'float32'>();
    expect(difference(expected, await painted(await onnxModel(steps, weights), pixels))).toBeLessThan(1e-4);
  });
});
