import type { StateCreator } from 'zustand/vanilla';
import type { Stylist } from '../../src/pipeline/client';
import type { PictureId } from '../../src/pipeline/request';
import { mixOf } from './mix-slice';
import type { PictureFile } from './picture';
import { knownIn, printOf } from './recent';
import { stylesIn, withoutStyle } from './regions-slice';
import type { AppState } from './store';

export interface OwnSlice {
  /**
   * Offers a picture of one's own as a style, the newest first, without choosing it.
   *
   * @returns what stands for it in lists; null, with the reason told, when it cannot be opened
   */
  offerOwn(file: PictureFile): Promise<string | null>;
  /** A picture of one's own goes from the styles and from all that is set; the way back is offered. */
  forgetRecent(picture: PictureId): void;
  /** So does a style from a file or a set. */
  forgetData(picture: PictureId): void;
}

export const createOwnSlice =
  (stylist: Stylist): StateCreator<AppState, [], [], OwnSlice> =>
  (set, get) => {
    function remove(name: string, id: PictureId, lists: Partial<AppState>): void {
      const { style, presets, regions, results, leave } = get();
      const made = results.filter(({ setup }) =>
        stylesIn(setup).some((one) => one.style.picture === id),
      ).length;
      const all = made === 0 ? name : `${name} and ${made === 1 ? 'its result' : `its ${made} results`}`;
      leave('removed', all, () => {
        set(lists);
        get().dropStyle(id);
        if (style?.picture === id && get().style === style) {
          const [first] = presets;
          if (first) get().choose(first.id);
          else set({ style: null });
        }
        if (regions.some(({ styles }) => styles.some((one) => one.style.picture === id))) {
          get().change({ regions: withoutStyle(regions, id, mixOf(get())) }, false);
        }
      });
    }

    return {
      async offerOwn({ name, blob: read }) {
        set({ opening: 'style' });
        const blob = await read();
        const print = await printOf(name, blob);
        const known = knownIn(get().recentStyles, print);
        const kept = known ? null : await stylist.keep(blob, name);
        if (get().opening === 'style') set({ opening: null }); // else a photo is on its way
        if (known) return String(known.id);
        if (!kept?.ok) {
          if (kept) set({ notice: { code: 'failed', failure: kept.failure } });
          return null;
        }
        const { picture: id, size, preview } = kept;
        const since = knownIn(get().recentStyles, print); // brought back meanwhile from the last visit
        if (!since) get().addOwn({ id, name, size, preview, blob, print });
        else {
          stylist.forget(id);
          preview.close();
        }
        return String(since?.id ?? id);
      },

      forgetRecent(id) {
        const { recentStyles } = get();
        const gone = recentStyles.find((one) => one.id === id);
        if (gone) remove(gone.name, id, { recentStyles: recentStyles.filter((one) => one !== gone) });
      },

      forgetData(picture) {
        const { loadedStyles } = get();
        const gone = loadedStyles.find((one) => one.picture === picture);
        if (!gone) return;
        remove(gone.data.name, picture, { loadedStyles: loadedStyles.filter((one) => one !== gone) });
      },
    };
  };
