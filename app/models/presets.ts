import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { dispose, io, tensor2d, type NamedTensorMap, type Tensor1D } from '@tensorflow/tfjs-core';
import { byLevel, type Level, type Levels } from './levels';
import type { Style } from './style';
import { WeightsError, type ReadFile } from './weights';

/** A style that ships as its statistics: no picture, about 21 kB. */
export interface Preset {
  readonly id: string;
  readonly artist: string;
  readonly title: string;
  readonly year?: number;
  readonly style: Style;
}

/** `presets.json`, which the page may read without tfjs. */
export interface PresetTable {
  readonly format: string;
  readonly file: { readonly sha256: string; readonly bytes: number };
  readonly presets: readonly (Omit<Preset, 'style'> & { readonly cells: Levels<number> })[];
  readonly weights: io.WeightsManifestEntry[];
}

const FORMAT = 'statistyle-presets/2';

/**
 * Reads the preset styles and checks the file's sha256.
 * @returns styles that the caller owns; those that CIN was fitted to have its affine pair
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
  return table.presets.map(({ cells, ...preset }) => ({
    ...preset,
    style: styleOf(tensors, preset.id, cells),
  }));
}

function styleOf(tensors: NamedTensorMap, id: string, cells: Levels<number>): Style {
  const vector = (level: Level, name: string): Tensor1D => {
    const tensor = tensors[`${id}/${level}/${name}`];
    if (tensor?.rank !== 1)
      throw new WeightsError('damaged', 'presets.json', `${id}/${level} has no ${name}`);
    return tensor as Tensor1D; // rank checked
  };
  const statistics = byLevel((level) => {
    const [mean, upper] = [vector(level, 'mean'), vector(level, 'covariance')];
    const covariance = symmetric(upper.dataSync(), mean.size);
    dispose(upper);
    return { count: cells[level], mean, covariance };
  });
  if (!(`${id}/coarse/gamma` in tensors)) return { statistics };
  const affine = byLevel((level) => ({ gamma: vector(level, 'gamma'), beta: vector(level, 'beta') }));
  return { statistics, affine };
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
