import type { StateCreator } from 'zustand/vanilla';
import type { Stylist } from '../../src/pipeline/client';
import type { Picture, PictureFile } from './pictures-slice';
import type { AppState } from './store';

export interface OwnSlice {
  /**
   * Offers a picture of one's own as a style, the newest first, without choosing it.
   *
   * @returns what stands for it in lists; null, with the reason told, when it cannot be opened
   */
  offerOwn(file: PictureFile): Promise<string | null>;
}

export const createOwnSlice =
  (stylist: Stylist): StateCreator<AppState, [], [], OwnSlice> =>
  (set, get) => {
    return {
      async offerOwn({ name, blob: read }) {
        set({ opening: 'style', notice: null });
        const blob = await read();
        const known = get().recentStyles.find((one) => one.name === name && one.blob.size === blob.size);
        const kept = known ? null : await stylist.keep(blob, name);
        if (get().opening === 'style') set({ opening: null }); // else a photo is on its way
        if (known) return String(known.id);
        if (!kept?.ok) {
          if (kept) set({ notice: { code: 'failed', failure: kept.failure } });
          return null;
        }
        const picture: Picture = { id: kept.picture, name, size: kept.size, preview: kept.preview, blob };
        get().addOwn(picture);
        return String(picture.id);
      },
    };
  };
