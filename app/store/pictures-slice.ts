import type { StateCreator } from 'zustand/vanilla';
import type { Stylist } from '../../src/pipeline/client';
import type { Failure } from '../../src/pipeline/failure';
import type { Size } from '../../src/pipeline/size';
import type { PictureId } from '../../src/pipeline/request';
import type { AppState } from './store';

/** A picture the worker knows, with what the page shows of it. */
export interface Picture {
  readonly id: PictureId;
  readonly name: string;
  readonly size: Size; // upright, px
  readonly preview: ImageBitmap; // smaller when the picture is large
  readonly blob: Blob; // as it was opened, to be remembered
}

/** A painter's statistics that ship with the page. */
export interface PresetItem {
  readonly id: string;
  readonly artist: string;
  readonly title: string;
  readonly year?: number;
  readonly swatch: string; // path of a small picture
  readonly knownToCin: boolean; // CIN was trained on this painter
}

export type Style =
  | { readonly kind: 'preset'; readonly picture: PictureId; readonly preset: PresetItem }
  | { readonly kind: 'own'; readonly picture: PictureId; readonly own: Picture };

/** CIN has a row in its table only for the painters it was trained on. */
export function knownToCin(style: Style | null): boolean {
  return style?.kind === 'preset' && style.preset.knownToCin;
}

export type Slot = 'photo' | 'style';

/** Something to tell, until the next picture is opened or it is dismissed. */
export type Notice =
  | { readonly code: 'scaled'; readonly name: string; readonly megapixels: number }
  | { readonly code: 'failed'; readonly failure: Failure };

/** A file, or what a sample's link gives. */
export interface PictureFile {
  readonly name: string;
  blob(): Promise<Blob>;
}

/** Own styles that stay one click away. */
export const RECENT_STYLES = 8;

/** Above this a note says that work is done on a scaled copy, px. */
const LARGE = 12e6;

export interface PicturesSlice {
  readonly photo: Picture | null;
  readonly style: Style | null;
  readonly recentStyles: readonly Picture[]; // newest first
  readonly presets: readonly PresetItem[];
  readonly opening: Slot | null;
  readonly notice: Notice | null;
  open(slot: Slot, file: PictureFile): Promise<void>;
  /** Offers styles of an earlier visit, the newest first, without choosing one. */
  offerRecent(files: readonly PictureFile[]): Promise<void>;
  /** Offers presets, and takes the first if there is no style yet. */
  offerPresets(presets: readonly PresetItem[]): void;
  choosePreset(id: string): void;
  chooseRecent(picture: PictureId): void;
  forgetRecent(picture: PictureId): void;
  /** Photo becomes style and style becomes photo; only a picture of one's own can. */
  swap(): void;
  clearPhoto(): void;
  dismiss(): void;
}

export const createPicturesSlice =
  (stylist: Stylist): StateCreator<AppState, [], [], PicturesSlice> =>
  (set, get) => {
    const presetIds = new Map<string, PictureId>();
    let lastOpen: Record<Slot, object> = { photo: {}, style: {} };

    /** Lets go of a picture that nothing on the page uses any more. */
    function release(picture: Picture | null): void {
      const { photo, style, recentStyles } = get();
      if (!picture || picture === photo || recentStyles.includes(picture)) return;
      if (style?.kind === 'own' && style.own === picture) return;
      stylist.forget(picture.id);
      picture.preview.close();
    }

    /** Makes a style the chosen one; CIN gives way to AdaIN where it does not know it. */
    function take(style: Style): void {
      const { settings } = get();
      const lost = settings.norm === 'cin' && !knownToCin(style);
      set({ style, ...(lost && { settings: { ...settings, norm: 'adain' } }) });
    }

    function adopt(slot: Slot, picture: Picture): void {
      const { photo, recentStyles } = get();
      if (slot === 'photo') {
        set({ photo: picture });
        release(photo);
        return;
      }
      const same = (one: Picture): boolean =>
        one.name === picture.name && one.blob.size === picture.blob.size;
      const recent = [picture, ...recentStyles.filter((one) => !same(one))];
      take({ kind: 'own', picture: picture.id, own: picture });
      set({ recentStyles: recent.slice(0, RECENT_STYLES) });
      [...recentStyles, picture].filter((one) => !get().recentStyles.includes(one)).forEach(release);
    }

    return {
      photo: null,
      style: null,
      recentStyles: [],
      presets: [],
      opening: null,
      notice: null,

      async open(slot, file) {
        const mine = {};
        lastOpen = { ...lastOpen, [slot]: mine };
        set({ opening: slot, notice: null });
        let blob: Blob;
        try {
          blob = await file.blob();
        } catch {
          blob = new Blob(); // a link that is gone reads like an empty file
        }
        const kept = await stylist.keep(blob, file.name);
        if (mine !== lastOpen[slot]) {
          if (kept.ok) release({ ...kept, id: kept.picture, name: file.name, blob });
          return; // a newer wish
        }
        if (!kept.ok) {
          return set({ opening: null, notice: { code: 'failed', failure: kept.failure } });
        }
        const { picture: id, size, preview } = kept;
        adopt(slot, { id, name: file.name, size, preview, blob });
        const pixels = size.width * size.height;
        set({
          opening: null,
          notice: pixels > LARGE ? { code: 'scaled', name: file.name, megapixels: pixels / 1e6 } : null,
        });
        get().wishFull();
      },

      async offerRecent(files) {
        for (const { name, blob: read } of files) {
          const blob = await read();
          const kept = await stylist.keep(blob, name);
          if (!kept.ok || get().recentStyles.length >= RECENT_STYLES) continue;
          const { picture: id, size, preview } = kept;
          set({ recentStyles: [...get().recentStyles, { id, name, size, preview, blob }] });
        }
      },

      offerPresets(presets) {
        set({ presets });
        const [first] = presets;
        if (first && !get().style) get().choosePreset(first.id);
      },

      choosePreset(id) {
        const preset = get().presets.find((one) => one.id === id);
        if (!preset) return;
        const picture = presetIds.get(id) ?? stylist.keepPreset(id);
        presetIds.set(id, picture);
        take({ kind: 'preset', picture, preset });
        get().wishFull();
      },

      chooseRecent(id) {
        const own = get().recentStyles.find((one) => one.id === id);
        if (!own) return;
        take({ kind: 'own', picture: own.id, own });
        get().wishFull();
      },

      forgetRecent(id) {
        const { recentStyles, style, presets } = get();
        const gone = recentStyles.find((one) => one.id === id) ?? null;
        set({ recentStyles: recentStyles.filter((one) => one !== gone) });
        if (style?.picture === id) {
          set({ style: null });
          const [first] = presets;
          if (first) get().choosePreset(first.id);
        }
        release(gone);
      },

      swap() {
        const { photo, style } = get();
        if (!photo || style?.kind !== 'own') return;
        set({ photo: style.own });
        adopt('style', photo);
        get().wishFull();
      },

      clearPhoto() {
        const { photo } = get();
        get().cancel();
        set({ photo: null, notice: null });
        get().dropResult();
        release(photo);
      },

      dismiss: () => set({ notice: null }),
    };
  };
