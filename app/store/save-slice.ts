import type { StateCreator } from 'zustand/vanilla';
import type { Saved, Stylist } from '../../src/pipeline/client';
import type { ImageType } from '../../src/pipeline/protocol';
import type { AppState } from './store';

export const IMAGE_TYPES: readonly {
  readonly type: ImageType;
  readonly label: string;
  readonly ending: string;
}[] = [
  { type: 'image/png', label: 'PNG', ending: 'png' },
  { type: 'image/jpeg', label: 'JPEG', ending: 'jpg' },
  { type: 'image/webp', label: 'WebP', ending: 'webp' },
];

export interface SaveSlice {
  /** The result as a file; null when there is none to save. The picture on screen stays. */
  fileOf(type: ImageType): Promise<Saved | null>;
}

export const createSaveSlice =
  (stylist: Stylist): StateCreator<AppState, [], [], SaveSlice> =>
  (_set, get) => ({
    async fileOf(type) {
      const { result } = get();
      if (!result) return null;
      return stylist.save(await createImageBitmap(result.image), type);
    },
  });

/** `boats.jpg` styled with `hokusai` becomes `boats-hokusai.png`. */
export function fileName(photo: string, style: string, ending: string): string {
  const plain = (name: string): string =>
    name
      .replace(/\.[^.]+$/, '')
      .normalize('NFKD')
      .replace(/\p{M}/gu, '') // accents
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .toLowerCase();
  return `${[plain(photo), plain(style)].filter(Boolean).join('-') || 'picture'}.${ending}`;
}
