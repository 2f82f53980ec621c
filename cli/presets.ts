import { readFile } from 'node:fs/promises';
import { parsePresetTable, type ListedPreset, type PresetTable } from '../app/models/preset-table';
import { BadInput } from './bad-input';

export async function presetTable(): Promise<PresetTable> {
  const file = new URL('../public/weights/presets.json', import.meta.url);
  return parsePresetTable(await readFile(file, 'utf8'));
}

/** The painters who come with Statistyle, in the page's order; no tensors yet. */
export async function listPresets(): Promise<readonly ListedPreset[]> {
  return (await presetTable()).presets;
}

/** @throws BadInput for a name that is not in the list */
export async function checkPresets(names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const known = (await listPresets()).map(({ id }) => id);
  for (const name of names) {
    if (known.includes(name)) continue;
    const near = known.filter((id) => id.split('-')[0] === name.toLowerCase().split(/[^a-z]/)[0]);
    const hint =
      near.length > 0 ? `perhaps ${near.join(' or ')}` : '`npm run --silent cli -- presets` lists them';
    throw new BadInput(`There is no preset "${name}"; ${hint}.`);
  }
}
