import {
  add,
  conv2d,
  dispose,
  memory,
  mirrorPad,
  relu,
  reshape,
  stridedSlice,
  tensor4d,
  tidy,
  tile,
  tensor,
  type Rank,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyEdit, channelStatistics, din, statisticsOf } from '../../src/norm';
import { randomFeatures, values } from '../../src/norm/test-kit';
import { shippedNetworks, useWasm } from '../../src/pipeline/test-kit';
import { decoderLayers } from './decoder';
import { predictKernel } from './din-net';
import { encode, encoderLayers } from './encoder';
import fixture from './fixtures/networks.json';
import { convolve, phaseKernels, upConvolve, type Layer } from './layers';

interface Flat {
  readonly shape: number[];
  readonly values: number[];
}

const load = ({ shape, values }: Flat): Tensor4D =>
  tensor<Rank.R4>(values, shape as [number, number, number, number], 'float32');

function expectEqual(got: number[], { values: want }: Flat): void {
  expect(got.length).toBe(want.length);
  const scale = Math.max(1, ...want.map(Math.abs));
  const worst = Math.max(...got.map((v, i) => Math.abs(v - (want[i] ?? NaN))));
  expect(worst / scale).toBeLessThan(1e-4);
}

/** Runs layers, and compares those that have a block of that name; every block must have its layer. */
function expectBlocks(
  x: Tensor4D,
  layers: readonly Layer[],
  blocks: Readonly<Record<string, Flat>>,
): Tensor4D {
  let current = x;
  const compared: string[] = [];
  for (const { name, run } of layers) {
    current = run(current);
    const block = blocks[name];
    if (!block) continue;
    expectEqual(values(current), block);
    compared.push(name);
  }
  expect(compared.sort()).toEqual(Object.keys(blocks).sort());
  return current;
}

beforeAll(useWasm);

describe('agreement of the networks with PyTorch to 1e-4', () => {
  it('[PM1] in the encoder, half way and at its end', async () => {
    const layers = encoderLayers((await shippedNetworks()).encoder);
    const { half, features } = fixture.encoder;
    const x = expectBlocks(load(fixture.picture), layers, { conv2: half, conv4: features });
    expect(x.shape).toEqual(features.shape);
  });

  it('[PM2] in every block of the decoder', async () => {
    const { pixels, ...blocks } = fixture.decoder;
    const layers = decoderLayers((await shippedNetworks()).decoder);
    const x = expectBlocks(load(fixture.encoder.features), layers, { ...blocks, conv1: pixels });
    expect(x.shape).toEqual(fixture.picture.shape);
  });

  it("[PM3] in DIN's net, and in the features it edits", async () => {
    const net = await (await shippedNetworks()).din();
    const features = load(fixture.encoder.features);
    const answers = fixture.din;
    const [content, style] = [statisticsOf(features), statisticsOf(load(answers.style))];
    const own = predictKernel(net, content);
    for (const part of ['depthwise', 'pointwise', 'bias'] as const) {
      expect(own[part].shape).toEqual(answers[part].shape);
      expectEqual(values(own[part]), answers[part]);
    }
    const edit = din(content, channelStatistics(style), predictKernel(net, style));
    expectEqual(values(applyEdit(features, edit)), answers.edited);
  });
});

describe('layers', () => {
  it.each([
    [2, 2],
    [3, 5],
    [8, 1],
  ])('[LY1] four phase kernels are nearest upsampling and a 3x3 convolution: %i x %i', (h, w) => {
    // prettier-ignore
    const x = randomFeatures(1, h, w, 3);
    const kernel = tensor4d(values(randomFeatures(2, 9, 3, 4)), [3, 3, 3, 4]);
    const bias = tensor([0.1, -0.2, 0.3, 0]) as Tensor1D;
    const want = tidy(() => {
      const twice = reshape(tile(reshape(x, [h, 1, w, 1, 3]), [1, 2, 1, 2, 1]), [
        1,
        2 * h,
        2 * w,
        3,
      ]) as Tensor4D;
      const padded = mirrorPad(twice, [[0, 0], [1, 1], [1, 1], [0, 0]], 'reflect'); // prettier-ignore
      return relu(add(conv2d(padded, kernel, 1, 'valid'), bias));
    });
    const got = values(upConvolve(x, phaseKernels({ kernel, bias })));
    values(want).forEach((v, i) => expect(got[i]).toBeCloseTo(v, 4));
  });

  it.each([
    [2, 2],
    [4, 6],
    [8, 2],
  ])('[LY2] of stride 2 are every second cell of stride 1: %i x %i', (h, w) => {
    // prettier-ignore
    const x = randomFeatures(1, h, w, 3);
    const kernel = tensor4d(values(randomFeatures(2, 9, 3, 4)), [3, 3, 3, 4]);
    const bias = tensor([0.1, -0.2, 0.3, 0]) as Tensor1D;
    const every = stridedSlice(convolve(x, { kernel, bias }), [0, 0, 0, 0], [1, h, w, 4], [1, 2, 2, 1]);
    const got = convolve(x, { kernel, bias }, { stride: 2 });
    expect(got.shape).toEqual([1, h / 2, w / 2, 4]);
    values(every).forEach((v, i) => expect(values(got)[i]).toBeCloseTo(v, 4));
  });

  it('[LY3] leave nothing behind when stopped between them', async () => {
    const { encoder } = await shippedNetworks();
    const x = load(fixture.picture);
    const before = memory().numTensors;
    for (const stopAt of [0, 1, 3, 4]) {
      let calls = 0;
      const stop = () => (calls++ === stopAt ? Promise.reject(new Error('stop')) : Promise.resolve());
      await expect(encode(encoder, x, stop)).rejects.toThrow('stop');
      expect(memory().numTensors).toBe(before);
    }
    expect(x.isDisposed).toBe(false);
  });

  it('[LY4] report the share that is done', async () => {
    const { encoder } = await shippedNetworks();
    const shares: number[] = [];
    dispose(await encode(encoder, load(fixture.picture), async (done) => void shares.push(done)));
    expect(shares.length).toBe(5);
    expect(shares[0]).toBe(0);
    expect(shares.every((share, i) => i === 0 || share > (shares[i - 1] ?? 1))).toBe(true);
  });
});
