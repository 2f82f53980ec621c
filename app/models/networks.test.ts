import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
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
import { readWeights, shippedNetworks, useWasm } from '../../src/pipeline/test-kit';
import { decoderLayers } from './decoder';
import { predictKernel } from './din-net';
import { encode, encoderLayers } from './encoder';
import fixture from './fixtures/networks.json';
import { convolve, phaseKernels, upConvolve, type Layer } from './layers';
import { LEVELS, mapLevels } from './levels';
import { loadPresets, type PresetTable } from './presets';
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
  it('[PM1] in every level of the encoder', async () => {
    const layers = encoderLayers((await shippedNetworks()).encoder);
    const { half, fine, coarse } = fixture.encoder;
    let x = expectBlocks(load(fixture.picture), layers.fine, { conv2: half, conv4: fine });
    expect(x.shape).toEqual(fine.shape);
    x = expectBlocks(x, layers.coarse, { conv8: coarse });
    expect(x.shape).toEqual(coarse.shape);
  });

  it('[PM2] in every block of the decoder', async () => {
    const { fine, coarse } = mapLevels(fixture.encoder, load);
    const { pixels, ...blocks } = fixture.decoder;
    const layers = decoderLayers((await shippedNetworks()).decoder, fine);
    const x = expectBlocks(coarse, layers, { ...blocks, conv1: pixels });
    expect(x.shape).toEqual(fixture.picture.shape);
  });

  it.each(LEVELS)("[PM3] in DIN's net of the %s level, and in the features it edits", async (level) => {
    const net = (await shippedNetworks()).din[level];
    const features = load(fixture.encoder[level]);
    const answers = fixture.din[level];
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
    for (const stopAt of [0, 1, 5, 6]) {
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
    expect(shares.length).toBe(7);
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
      text((m) => m.replace('statistyle-weights/2', 'statistyle-weights/9')),
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

  it('[WG6] take less than 2.5 MB in all, presets included', async () => {
    const { files } = JSON.parse(new TextDecoder().decode(await readWeights('manifest.json')));
    const sizes = Object.values(files as Record<string, { bytes: number }>).map(({ bytes }) => bytes);
    const presets = (await readWeights('presets.bin')).byteLength;
    expect(sizes.reduce((a, b) => a + b, presets)).toBeLessThan(2.5e6);
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
    const { channels } = await shippedNetworks();
    for (const { style, artist, title } of presets) {
      expect(artist.length * title.length).toBeGreaterThan(0);
      mapLevels(style.statistics, ({ mean, covariance }, level) => {
        const size = channels[level];
        const numbers = values(covariance);
        expect([mean.size, numbers.length]).toEqual([size, size * size]);
        expect(numbers[1]).toBe(numbers[size]);
        const variances = Array.from({ length: size }, (_, i) => numbers[i * (size + 1)] ?? NaN);
        expect(Math.min(...variances)).toBeGreaterThanOrEqual(0);
      });
    }
  });

  it('[PR3] of a damaged file are refused', async () => {
    const read: ReadFile = async (name) => (name === 'presets.bin' ? new Uint8Array(9) : readWeights(name));
    await expect(loadPresets(read)).rejects.toMatchObject({ kind: 'damaged', file: 'presets.bin' });
  });

  it('[PR4] whom CIN was fitted to have its affine pair on each level; the others have none', async () => {
    const json = new TextDecoder().decode(await readWeights('presets.json'));
    const table = JSON.parse(json) as PresetTable;
    const [first] = table.presets;
    const names = LEVELS.flatMap((level) => [`${first?.id}/${level}/gamma`, `${first?.id}/${level}/beta`]);
    const without = table.weights.filter(({ name }) => !/(gamma|beta)$/.test(name));
    const weights = [...without, ...names.map((name) => ({ name, shape: [2], dtype: 'float32' as const }))];
    const shipped = await readWeights('presets.bin');
    const kept = without.reduce((sum, { shape }) => sum + 2 * shape.reduce((a, b) => a * b, 1), 0);
    const affine = new Uint8Array(new Float32Array([1, 2, 3, 4, 5, 6, 7, 8]).buffer);
    const bytes = new Uint8Array([...shipped.subarray(0, kept), ...affine]);
    const file = { sha256: bytesToHex(sha256(bytes)), bytes: bytes.length };
    const changed = new TextEncoder().encode(JSON.stringify({ ...table, weights, file }));
    const read: ReadFile = async (name) => (name === 'presets.bin' ? bytes : changed);
    const [fitted, other] = await loadPresets(read);
    const rows = [fitted?.style.affine?.fine, fitted?.style.affine?.coarse].map(
      (row) => row && [values(row.gamma), values(row.beta)],
    );
    expect(rows).toEqual([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]); // prettier-ignore
    expect(other?.style.affine).toBeUndefined();
  });
});
