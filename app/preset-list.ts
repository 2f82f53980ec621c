import { parsePresetTable } from './models/preset-table';
import type { PresetItem } from './store/picture';

/** The names of the styles that ship; none when the list cannot be had: own pictures still work. */
export async function loadPresetList(): Promise<readonly PresetItem[]> {
  const base = import.meta.env.BASE_URL;
  try {
    const response = await fetch(`${base}weights/presets.json`);
    if (!response.ok) return [];
    return parsePresetTable(await response.text()).presets.map(({ id, artist, title, year, cin }) => ({
      id,
      artist,
      title,
      ...(year === undefined ? {} : { year }),
      knownToCin: cin,
      swatch: `${base}presets/${id}.webp`,
    }));
  } catch (error) {
    console.warn('The list of presets could not be read.', error);
    return [];
  }
}
