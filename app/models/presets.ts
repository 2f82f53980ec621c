import { dispose, io, tensor2d, type Tensor1D } from '@tensorflow/tfjs-core';
import { parsePresetTable, presetFile, type ListedPreset, type PresetTable } from './preset-table';
import type { Style } from './style';
import { readChecked, WeightsError, type ReadFile } from './weights-file';

/** A style that ships as its statistics, without its picture. */
export interface Preset extends ListedPreset {
  readonly style: Style;
}

/** @throws WeightsError */
export async function readPresetTable(read: ReadFile): Promise<PresetTable> {
  return parsePresetTable(new TextDecoder().decode(await read('presets.json')));
}

/**
 * Reads one preset's file and checks its sha256.
 * @returns a style that the caller owns; with its affine pair where CIN was fitted to it
 * @throws WeightsError
 */
export async function loadPreset(
  read: ReadFile,
  { weights }: PresetTable,
  { id, cells, contrast, cin, file }: ListedPreset,
): Promise<Style> {
  const name = presetFile(id);
  const bytes = await readChecked(read, name, file.sha256);
  const specs = [...weights.statistics, ...(cin ? weights.affine : [])];
  const tensors = io.decodeWeights(bytes.slice().buffer, specs);
  const vector = (part: string): Tensor1D => {
    const tensor = tensors[part];
    if (tensor?.rank !== 1) throw new WeightsError('damaged', name, `has no ${part}`);
    return tensor as Tensor1D; // rank checked
  };
  const [mean, upper] = [vector('mean'), vector('covariance')];
  const covariance = symmetric(upper.dataSync(), mean.size);
  dispose(upper);
  const statistics = { count: cells, mean, covariance };
  if (!cin) return { statistics, contrast };
  return { statistics, contrast, affine: { gamma: vector('gamma'), beta: vector('beta') } };
}

/**
 * All presets, for scripts and tests; page and command line load the one they need.
 * @throws WeightsError
 */
export async function loadPresets(read: ReadFile): Promise<readonly Preset[]> {
  const table = await readPresetTable(read);
  return Promise.all(
    table.presets.map(async (listed) => ({ ...listed, style: await loadPreset(read, table, listed) })),
  );
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
