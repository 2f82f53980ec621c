import {
  add,
  conv2d,
  memory,
  mirrorPad,
  relu,
  reshape,
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
import { readWeights, shippedNetworks, useWasm } from '../../src/pipeline/test-kit';
import { decoderLayers } from './decoder';
import { predictKernel } from './din-net';
import { encode, encoderLayers } from './encoder';
import fixture from './fixtures/networks.json';
import { phaseKernels, runLayers, upConvolve } from './layers';
import { loadPresets } from './presets';
import { disposeNetworks, loadNetworks, WeightsError, type ReadFile } from './weights';

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

beforeAll(useWasm);

describe('agreement of the networks with PyTorch to 1e-4', () => {
  it('[PM1] in every level of the encoder', async () => {
    const { encoder } = await shippedNetworks();
    let x = load(fixture.picture);
    for (const { name, run } of encoderLayers(encoder)) {
      x = run(x);
      const level = fixture.encoder[name.replace('conv', 'relu') as keyof typeof fixture.encoder] as
        Flat | undefined;
      if (level) expectEqual(values(x), level);
    }
    expect(x.shape).toEqual(fixture.encoder.relu4_1.shape);
  });

  it('[PM2] in every block of the decoder', async () => {
    const { decoder } = await shippedNetworks();
    let x = load(fixture.encoder.relu4_1);
    const blocks: Record<string, Flat> = { ...fixture.decoder, conv1_1: fixture.decoder.pixels };
    let compared = 0;
    for (const { name, run } of decoderLayers(decoder)) {
      x = run(x);
      const block = blocks[name];
      if (!block) continue;
      expectEqual(values(x), block);
      compared++;
    }
    expect(compared).toBe(4);
  });

  it("[PM3] in DIN's net, and in the features it edits", async () => {
    const networks = await shippedNetworks();
    const features = load(fixture.encoder.relu4_1);
    const [content, style] = [statisticsOf(features), statisticsOf(load(fixture.din.style))];
    const own = predictKernel(networks.din, content);
    expectEqual(values(own.kernel), fixture.din.kernel);
    expectEqual(values(own.bias), fixture.din.bias);
    const edit = din(content, channelStatistics(style), predictKernel(networks.din, style));
    expectEqual(values(applyEdit(features, edit)), fixture.din.edited);
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

  it('[LY2] leave nothing behind when stopped between them', async () => {
    const { encoder } = await shippedNetworks();
    const x = load(fixture.picture);
    const before = memory().numTensors;
    for (const stopAt of [0, 1, 5]) {
      let calls = 0;
      const stop = () => (calls++ === stopAt ? Promise.reject(new Error('stop')) : Promise.resolve());
      await expect(runLayers(x, encoderLayers(encoder), stop)).rejects.toThrow('stop');
      expect(memory().numTensors).toBe(before);
    }
    expect(x.isDisposed).toBe(false);
  });

  it('[LY3] report the share that is done', async () => {
    const { encoder } = await shippedNetworks();
    const shares: number[] = [];
    (await encode(encoder, load(fixture.picture), async (done) => void shares.push(done))).dispose();
    expect(shares.length).toBe(9);
    expect(shares[0]).toBe(0);
    expect(shares.every((share, i) => i === 0 || share > (shares[i - 1] ?? 1))).toBe(true);
  });
});

describe('weights', () => {
  const altered =
    (file: string, change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>): ReadFile =>
    async (name) =>
      name === file ? change(await readWeights(name)) : readWeights(name);
  const text = (change: (manifest: string) => string) => (bytes: Uint8Array) =>
    new Uint8Array(new TextEncoder().encode(change(new TextDecoder().decode(bytes))));

  it('[WG1] of a file with one changed bit are refused by name', async () => {
    const read = altered(
      'decoder.bin',
      (bytes) => bytes.with(1000, (bytes[1000] ?? 0) ^ 1) as Uint8Array<ArrayBuffer>,
    );
    await expect(loadNetworks(read)).rejects.toMatchObject({ kind: 'damaged', file: 'decoder.bin' });
  });

  it('[WG2] of another format, and a manifest that is no JSON, are refused', async () => {
    const other = altered(
      'manifest.json',
      text((m) => m.replace('statistyle-weights/1', 'statistyle-weights/9')),
    );
    await expect(loadNetworks(other)).rejects.toThrow('statistyle-weights/9');
    const page = altered(
      'manifest.json',
      text(() => '<!doctype html>'),
    );
    await expect(loadNetworks(page)).rejects.toMatchObject({ kind: 'damaged', file: 'manifest.json' });
  });

  it('[WG3] of another shape are refused with both shapes', async () => {
    const wider = altered(
      'manifest.json',
      text((m) => JSON.stringify({ ...JSON.parse(m), widths: [16, 32, 64, 256] })),
    );
    await expect(loadNetworks(wider)).rejects.toThrow('shape is [3,3,64,128], expected [3,3,64,256]');
  });

  it('[WG4] that cannot be reached pass on why', async () => {
    const read: ReadFile = (name) => Promise.reject(new WeightsError('unreachable', name, 'status 404'));
    await expect(loadNetworks(read)).rejects.toMatchObject({ kind: 'unreachable', file: 'manifest.json' });
  });

  it('[WG5] leave no tensor behind when the networks are disposed, or were refused', async () => {
    const before = memory().numTensors;
    disposeNetworks(await loadNetworks(readWeights));
    expect(memory().numTensors).toBe(before);
    const wider = altered(
      'manifest.json',
      text((m) => JSON.stringify({ ...JSON.parse(m), widths: [16, 32, 64, 256] })),
    );
    await expect(loadNetworks(wider)).rejects.toThrow();
    expect(memory().numTensors).toBe(before);
  });

  it('[WG6] take less than 2 MB in all, presets included', async () => {
    const { files } = JSON.parse(new TextDecoder().decode(await readWeights('manifest.json')));
    const sizes = Object.values(files as Record<string, { bytes: number }>).map(({ bytes }) => bytes);
    const presets = (await readWeights('presets.bin')).byteLength;
    expect(sizes.reduce((a, b) => a + b, presets)).toBeLessThan(2e6);
  });
});

describe('presets', () => {
  it('[PR1] were measured by the encoder that ships', async () => {
    const read = async (name: string) => JSON.parse(new TextDecoder().decode(await readWeights(name)));
    const [manifest, table] = [await read('manifest.json'), await read('presets.json')];
    expect(table.encoder).toBe(manifest.files['encoder.bin'].sha256);
  });

  it('[PR2] have names of their own and a symmetric covariance with no negative variance', async () => {
    const presets = await loadPresets(readWeights);
    expect(presets.length).toBeGreaterThanOrEqual(24);
    expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length);
    for (const { statistics, artist, title } of presets) {
      expect(artist.length * title.length).toBeGreaterThan(0);
      const covariance = values(statistics.covariance);
      expect(covariance.length).toBe(128 * 128);
      expect(covariance[1]).toBe(covariance[128]);
      expect(
        Math.min(...Array.from({ length: 128 }, (_, i) => covariance[i * 129] ?? NaN)),
      ).toBeGreaterThanOrEqual(0);
    }
  });

  it('[PR3] of a damaged file are refused', async () => {
    const read: ReadFile = async (name) => (name === 'presets.bin' ? new Uint8Array(9) : readWeights(name));
    await expect(loadPresets(read)).rejects.toMatchObject({ kind: 'damaged', file: 'presets.bin' });
  });
});
