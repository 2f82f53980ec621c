import type { PresetItem } from './store/pictures-slice';

interface PresetFile {
  readonly format: string;
  readonly presets: readonly Omit<PresetItem, 'swatch' | 'knownToCin'>[];
  readonly weights: readonly { readonly name: string }[];
}

/** The names of the styles that ship; none when the list cannot be had: own pictures still work. */
export async function loadPresetList(): Promise<readonly PresetItem[]> {
  const base = import.meta.env.BASE_URL;
  try {
    const response = await fetch(`${base}weights/presets.json`);
    if (!response.ok) return [];
    const { presets, weights } = (await response.json()) as PresetFile; // our own file, built with the page
    const names = new Set(weights.map(({ name }) => name));
    return presets.map(({ id, artist, title, year }) => ({
      id,
      artist,
      title,
      ...(year === undefined ? {} : { year }),
      knownToCin: names.has(`${id}/coarse/gamma`),
      swatch: `${base}presets/${id}.webp`,
    }));
  } catch (error) {
    console.warn('The list of presets could not be read.', error);
    return [];
  }
}
