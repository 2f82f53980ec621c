import type { StateCreator } from 'zustand/vanilla';
import type { PictureId } from '../../src/pipeline/request';
import { stylesIn } from './regions-slice';
import type { AppState } from './store';
import { thumbnailOf } from './thumbnail';
import type { Tracked } from './undo-slice';

/** A picture that was made, small, with all that it was made with. */
export interface PastResult {
  readonly id: number;
  readonly photo: { readonly name: string; readonly blob: Blob }; // one Blob a photo, by which it is known
  readonly thumbnail: ImageBitmap;
  readonly setup: Tracked;
  readonly asked: string; // the request, to tell results of a photo apart
}

/** Results that stay one click away. */
export const MOST_RESULTS = 24;

/** Photos that they are of: each is kept as it was opened. */
export const MOST_PHOTOS = 6;

/** Longest side of a thumbnail, px. */
const SIDE = 240;

export interface ResultsSlice {
  readonly results: readonly PastResult[]; // newest first, of this photo and of earlier ones
  /** Keeps the picture on screen as a thumbnail. */
  rememberResult(): Promise<void>;
  /** Goes back to how a picture was made, and to its photo; on the same photo, the way there can be undone. */
  returnTo(id: number): Promise<void>;
  /** Drops the results that a picture was a style of, before it is let go. */
  dropResultsOf(style: PictureId): void;
}

export const createResultsSlice: StateCreator<AppState, [], [], ResultsSlice> = (set, get) => {
  let last = 0;

  function keep(results: readonly PastResult[]): void {
    get()
      .results.filter((one) => !results.includes(one))
      .forEach(({ thumbnail }) => thumbnail.close());
    set({ results });
  }

  return {
    results: [],

    async rememberResult() {
      const { result, photo } = get();
      if (!result || !photo || result.draft || result.photo !== photo.id) return;
      const { name, blob } = photo;
      const asked = JSON.stringify({ ...result.request, content: null }); // a photo opened again has another number
      const isKept = (): boolean =>
        get().results.some((one) => one.asked === asked && one.photo.blob === blob);
      if (isKept()) return;
      const thumbnail = await thumbnailOf(result.image, SIDE);
      if (isKept()) return thumbnail.close(); // it was asked for twice
      const all = [
        { id: ++last, photo: { name, blob }, thumbnail, setup: result.setup, asked },
        ...get().results,
      ];
      const photos = [...new Set(all.map((one) => one.photo.blob))].slice(0, MOST_PHOTOS);
      const kept = all.filter((one) => photos.includes(one.photo.blob)).slice(0, MOST_RESULTS);
      keep(kept);
    },

    async returnTo(id) {
      const past = get().results.find((one) => one.id === id);
      if (!past) return;
      const { name, blob } = past.photo;
      const away = get().photo?.blob !== blob;
      if (away) await get().open('photo', { name, blob: async () => blob });
      if (get().photo?.blob !== blob) return; // a newer wish, or a failure that was told
      get().compare(false); // it was one picture
      get().onTheWay(() => {
        get().change({ ...past.setup, wall: get().wall }, false);
        if (away) get().clearUndo();
      });
    },

    dropResultsOf(style) {
      keep(get().results.filter(({ setup }) => stylesIn(setup).every((one) => one.style.picture !== style)));
    },
  };
};
