import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { dispose, memory, type io, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { values } from '../../src/norm/test-kit';
import { readWeights, shippedNetworks, useWasm } from '../../src/pipeline/test-kit';
import { decodeWeights } from './decode-weights';
import { parsePresetTable, presetFile } from './preset-table';
import { loadPreset, loadPresets } from './presets';
import { disposeNetworks, FIRST_FILES, loadNetworks } from './weights';
import { WeightsError, type ReadFile } from './weights-file';

beforeAll(useWasm);

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
      text((m) => m.replace('statistyle-weights/5', 'statistyle-weights/9')),
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
      text((m) => JSON.stringify({ ...JSON.parse(m), widths: [16, 32, 128] })),
    );
    await expect(loadNetworks(wider)).rejects.toThrow('shape is [3,3,32,64], expected [3,3,32,128]');
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
      text((m) => JSON.stringify({ ...JSON.parse(m), widths: [16, 32, 128] })),
    );
    await expect(loadNetworks(wider)).rejects.toThrow();
    expect(memory().numTensors).toBe(before);
  });

  it("[WG6] do not include DIN's until it is asked for; then they are read once, checked, and disposed with the rest", async () => {
    const asked: string[] = [];
    let broken = true;
    const read: ReadFile = async (name) => {
      asked.push(name);
      const bytes = await readWeights(name);
      return name === 'din.bin' && broken ? bytes.subarray(2) : bytes;
    };
    const before = memory().numTensors;
    const networks = await loadNetworks(read);
    expect(asked.sort()).toEqual([...FIRST_FILES].sort());
    const first = memory().numTensors;
    await expect(networks.din()).rejects.toMatchObject({ kind: 'damaged', file: 'din.bin' });
    expect(memory().numTensors).toBe(first);
    broken = false;
    const din = await networks.din();
    expect(await networks.din()).toBe(din);
    expect(asked.filter((name) => name === 'din.bin')).toHaveLength(2);
    const sizes = Object.values(din).flatMap(({ kernel, bias }) => [kernel.size, bias.size]);
    expect(networks.parameters.din).toBe(sizes.reduce((a, b) => a + b, 0));
    disposeNetworks(networks);
    expect(memory().numTensors).toBe(before);
  });

  it('[WG7] of a first picture take less than 0.4 MB, and all that ship less than 0.7 MB', async () => {
    const { presets } = parsePresetTable(new TextDecoder().decode(await readWeights('presets.json')));
    const bytes = async (names: readonly string[]): Promise<number> => {
      const files = await Promise.all(names.map((name) => readWeights(name)));
      return files.reduce((sum, { byteLength }) => sum + byteLength, 0);
    };
    const painters = presets.map(({ id }) => presetFile(id));
    const first = await bytes([...FIRST_FILES, 'presets.json', ...painters.slice(0, 1)]);
    expect(first).toBeLessThan(0.4e6);
    expect(first + (await bytes(['din.bin', ...painters.slice(1)]))).toBeLessThan(0.7e6);
  });
});

describe('decodeWeights', () => {
  const kernel = {
    name: 'layer/kernel',
    shape: [2, 2],
    dtype: 'float32',
    quantization: { dtype: 'uint8', scale: 1, min: -128 },
  };
  const scale = { name: 'layer/scale', shape: [2], dtype: 'float32', quantization: { dtype: 'float16' } };
  const specs = (...all: object[]) => all as io.WeightsManifestEntry[]; // literal types are lost
  // 0.5 and 2 in float16 after four steps
  const bytes = new Uint8Array([1, 255, 128, 129, 0x00, 0x38, 0x00, 0x40]);

  it('[WG8] multiplies the output channels of a kernel of 8 bits by their scales, and drops the scales', () => {
    const before = memory().numTensors;
    const tensors = decodeWeights(bytes, specs(kernel, scale));
    expect(Object.keys(tensors)).toEqual(['layer/kernel']);
    expect(tensors['layer/kernel']?.dtype).toBe('float32');
    expect(values(tensors['layer/kernel'] as Tensor)).toEqual([-63.5, 254, 0, 2]);
    dispose(tensors);
    expect(memory().numTensors).toBe(before);
  });

  it('[WG9] refuses a scale of no kernel, or of other channels, and leaves no tensor behind', () => {
    const before = memory().numTensors;
    const other = { ...kernel, name: 'other/kernel' };
    expect(() => decodeWeights(bytes, specs(other, scale))).toThrow(
      'layer/scale: layer/kernel has not its 2',
    );
    expect(() => decodeWeights(bytes, specs({ ...kernel, shape: [4, 1] }, scale))).toThrow(WeightsError);
    expect(memory().numTensors).toBe(before);
  });
});

describe('presets', () => {
  const table = async () => parsePresetTable(new TextDecoder().decode(await readWeights('presets.json')));

  it('[PR1] were measured by the encoder that ships', async () => {
    const manifest = JSON.parse(new TextDecoder().decode(await readWeights('manifest.json')));
    expect((await table()).encoder).toBe(manifest.files['encoder.bin'].sha256);
  });

  it('[PR2] have names of their own and a symmetric covariance with no negative variance', async () => {
    const presets = await loadPresets(readWeights);
    expect(presets.length).toBeGreaterThanOrEqual(24);
    expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length);
    const { channels } = await shippedNetworks();
    for (const { style, artist, title, contrast } of presets) {
      expect(style.contrast).toEqual(contrast);
      expect(artist.length * title.length).toBeGreaterThan(0);
      const numbers = values(style.statistics.covariance);
      expect([style.statistics.mean.size, numbers.length]).toEqual([channels, channels * channels]);
      expect(numbers[1]).toBe(numbers[channels]);
      const variances = Array.from({ length: channels }, (_, i) => numbers[i * (channels + 1)] ?? NaN);
      expect(Math.min(...variances)).toBeGreaterThanOrEqual(0);
    }
  });

  it('[PR3] of a damaged file are refused by name', async () => {
    const read: ReadFile = async (name) =>
      name.startsWith('presets/') ? new Uint8Array(9) : readWeights(name);
    const all = await table();
    const [first] = all.presets;
    if (!first) throw new Error('there are presets');
    await expect(loadPreset(read, all, first)).rejects.toMatchObject({
      kind: 'damaged',
      file: `presets/${first.id}.bin`,
    });
  });

  it('[PR4] whom CIN was fitted to have its affine pair; the others have none', async () => {
    const { presets, ...rest } = await table();
    const [listed] = presets;
    if (!listed) throw new Error('there are presets');
    const affine = ['gamma', 'beta'].map((name) => ({ name, shape: [2], dtype: 'float32' as const }));
    const kept = rest.weights.statistics.reduce((sum, { shape }) => sum + 2 * (shape[0] ?? 0), 0);
    const known = (await readWeights(`presets/${listed.id}.bin`)).subarray(0, kept);
    const pairs = new Uint8Array(new Float32Array([1, 2, 3, 4]).buffer);
    const load = (cin: boolean) => {
      const bytes = new Uint8Array([...known, ...(cin ? pairs : [])]);
      const file = { sha256: bytesToHex(sha256(bytes)), bytes: bytes.length };
      const changed = { ...rest, presets, weights: { ...rest.weights, affine } };
      return loadPreset(() => Promise.resolve(bytes), changed, { ...listed, cin, file });
    };
    const fitted = (await load(true)).affine;
    expect(fitted && [values(fitted.gamma), values(fitted.beta)]).toEqual([[1, 2], [3, 4]]); // prettier-ignore
    expect((await load(false)).affine).toBeUndefined();
  });

  it('[PR5] of a table that is damaged, or of another format, are refused with the place', async () => {
    const json = JSON.stringify(await table());
    expect(() => parsePresetTable('<!doctype html>')).toThrow('presets.json: all of it');
    expect(() => parsePresetTable(json.replace('presets/5', 'presets/4'))).toThrow('presets.json: format');
    expect(() => parsePresetTable(json.replace(/"id":"/, '"id":"../'))).toThrow('presets.json: presets.0.id');
  });
});
