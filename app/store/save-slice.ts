import type { StateCreator } from 'zustand/vanilla';
import type { Saved, Stylist } from '../../src/pipeline/client';
import type { ImageType } from '../../src/pipeline/protocol';
import { largerSize, type Size } from '../../src/pipeline/size';
import { stylesShown } from './regions-slice';
import type { AppState } from './store';
import { fileWords } from './style';

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
  /** Whether files are as large as the photo, and not as the picture on screen. */
  readonly saveLarge: boolean;
  /** How far such a file is, 0..1; null when none is made. */
  readonly enlarging: number | null;
  setSaveLarge(saveLarge: boolean): void;
  /**
   * The result as a file; null when there is none to save. The picture on screen stays.
   * @param large as large as the photo
   */
  fileOf(type: ImageType, large?: boolean): Promise<Saved | null>;
  stopEnlarging(): void;
}

/** The size of a file that is as large as the photo; null when the result on screen is. */
export function sizeOfLarge({ photo, result }: AppState): Size | null {
  return photo && result?.photo === photo.id ? largerSize(photo.size, result.image) : null;
}

export const createSaveSlice =
  (stylist: Stylist): StateCreator<AppState, [], [], SaveSlice> =>
  (set, get) => {
    let current = new AbortController();
    return {
      saveLarge: false,
      enlarging: null,
      setSaveLarge: (saveLarge) => set({ saveLarge }),

      async fileOf(type, large = false) {
        const { result } = get();
        if (!result) return null;
        const enlarges = large && sizeOfLarge(get()) !== null;
        const image = await createImageBitmap(result.image);
        if (!enlarges) return stylist.save(image, type);
        current.abort(); // a newer wish replaces an older one
        const mine = (current = new AbortController());
        set({ enlarging: 0 });
        const saved = await stylist.save(image, type, {
          photo: result.photo,
          grain: result.grain,
          onProgress: (_stage, done) => mine === current && set({ enlarging: done }),
          signal: mine.signal,
        });
        if (mine === current) set({ enlarging: null });
        return saved;
      },

      stopEnlarging: () => current.abort(),
    };
  };

/** Styles that the name of a file tells: six would be longer than some systems allow. */
export const MOST_NAMED = 3;

/** The file of the picture on screen, by the photo and the styles that are in it. */
export function pictureName({ photo, result, presets }: AppState, ending: string): string {
  const styles = result ? stylesShown(result.setup).map((style) => fileWords(style, presets)) : [];
  return fileName(photo?.name ?? '', [...new Set(styles)].slice(0, MOST_NAMED), ending);
}

/** `boats.jpg` styled with `hokusai` becomes `boats-hokusai.png`. */
export function fileName(photo: string, styles: string | readonly string[], ending: string): string {
  const plain = (name: string): string =>
    name
      .replace(/\.[a-z0-9]{1,5}$/i, '') // an ending; not what follows a dot in a painter's name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '') // accents
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .toLowerCase();
  return `${[photo, styles].flat().map(plain).filter(Boolean).join('-') || 'picture'}.${ending}`;
}
