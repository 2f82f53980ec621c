import type { StateCreator } from 'zustand/vanilla';
import type { AppState } from './store';
import { tracked, type Tracked } from './undo-slice';

/** A picture that was made, small, with all that it was made with. */
export interface PastResult {
  readonly id: number;
  readonly thumbnail: ImageBitmap;
  readonly setup: Tracked;
  readonly asked: string; // the request, to tell results apart
}

/** Results of this photo that stay one click away. */
const MOST_RESULTS = 24;

/** Longest side of a thumbnail, px. */
const SIDE = 240;

export interface ResultsSlice {
  readonly results: readonly PastResult[]; // newest first
  /** Keeps the picture on screen as a thumbnail. */
  rememberResult(): Promise<void>;
  /** Goes back to how a picture was made; the way there can be undone. */
  returnTo(id: number): void;
}

export const createResultsSlice: StateCreator<AppState, [], [], ResultsSlice> = (set, get) => {
  let last = 0;
  return {
    results: [],

    async rememberResult() {
      const { result, photo } = get();
      const setup = tracked(get());
      if (!result || result.draft) return;
      const asked = JSON.stringify(result.request);
      if (get().results.some((one) => one.asked === asked)) return;
      const { width, height } = result.image;
      const scale = Math.min(1, SIDE / Math.max(width, height));
      const thumbnail = await createImageBitmap(result.image, {
        resizeWidth: Math.max(1, Math.round(width * scale)),
        resizeHeight: Math.max(1, Math.round(height * scale)),
        resizeQuality: 'medium',
      });
      if (get().photo !== photo) return thumbnail.close(); // replaced meanwhile
      const all = [{ id: ++last, thumbnail, setup, asked }, ...get().results];
      all.slice(MOST_RESULTS).forEach((one) => one.thumbnail.close());
      set({ results: all.slice(0, MOST_RESULTS) });
    },

    returnTo(id) {
      const past = get().results.find((one) => one.id === id);
      if (past) get().change(past.setup, false);
    },
  };
};
