import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { dispose, io, tensor2d, type Tensor1D } from '@tensorflow/tfjs-core';
import type { Statistics } from '../../src/norm';
import { WeightsError, type ReadFile } from './weights';

/** A style that ships as its statistics: no picture, about 17 kB. */
export interface Preset {
  readonly id: string;
  readonly artist: string;
  readonly title: string;
  readonly year?: number;
  readonly statistics: Statistics;
}

/** `presets.json`, which the page may read without tfjs. */
export interface PresetTable {
  readonly format: string;
  readonly file: { readonly sha256: string; readonly bytes: number };
  readonly presets: readonly (Omit<Preset, 'statistics'> & { readonly cells: number })[];
  readonly weights: io.WeightsManifestEntry[];
}

const FORMAT = 'statistyle-presets/1';

/**
 * Reads the preset styles and checks the file's sha256.
 * @returns statistics that the caller owns
 * @throws WeightsError
 */
export async function loadPresets(read: ReadFile): Promise<readonly Preset[]> {
  const table = JSON.parse(new TextDecoder().decode(await read('presets.json'))) as PresetTable; // format checked below
  if (table.format !== FORMAT) {
    throw new WeightsError('damaged', 'presets.json', `format is ${table.format}, expected ${FORMAT}`);
  }
  const bytes = await read('presets.bin');
  if (bytesToHex(sha256(bytes)) !== table.file.sha256) {
    throw new WeightsError('damaged', 'presets.bin', 'its sha256 is not the one in presets.json');
  }
  const tensors = io.decodeWeights(bytes.slice().buffer, table.weights);
  const presets = table.presets.map(({ cells, ...preset }) => {
    const [mean, upper] = [tensors[`${preset.id}/mean`], tensors[`${preset.id}/covariance`]];
    if (!mean || !upper) throw new WeightsError('damaged', 'presets.json', `${preset.id} has no statistics`);
    const covariance = symmetric(upper.dataSync(), mean.size);
    dispose(upper);
    return { ...preset, statistics: { count: cells, mean: mean as Tensor1D, covariance } };
  });
  return presets;
}

/** The upper triangle, row by row, to a whole matrix [C, C]. */
function symmetric(upper: ArrayLike<number>, channels: number) {
  const full = new Float32Array(channels * channels);
  let next = 0;
  for (let i = 0; i < channels; i++) {
    for (let j = i; j < channels; j++) full[i * channels + j] = full[j * channels + i] = upper[next++] ?? 0;
  }
  return tensor2d(full, [channels, channels]);
}
