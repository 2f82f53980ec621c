import type { StateCreator } from 'zustand/vanilla';
import type { Picture } from './picture';
import { RECENT_STYLES } from './recent';
import { requestOf, type Result } from './run-slice';
import type { AppState } from './store';
import type { LoadedStyle } from './style';
import { sameTracked, tracked, withWall, type Steps, type Tracked } from './undo-slice';
import { same } from './wall-work';

/** How long a way back is offered, ms. */
export const OFFERED_MS = 10_000;

/** What a photo or a style that went took with it, kept alive for as long as it is offered. */
export interface WayBack {
  readonly after: 'replaced' | 'cleared' | 'removed'; // the photo, the photo, a style of one's own
  readonly name: string; // of the picture that went
  readonly photo: Picture | null;
  readonly result: Result | null; // of that photo; the page has none of it meanwhile
  readonly recentStyles: readonly Picture[];
  readonly loadedStyles: readonly LoadedStyle[];
  readonly setup: Tracked;
  readonly steps: Steps;
}

export interface WayBackSlice {
  readonly wayBack: WayBack | null;
  /** Makes a change that undo alone cannot take back, and offers the way back until the next change, or for a moment. */
  leave(after: WayBack['after'], name: string, change: () => void): void;
  goBack(): void;
  /** A change that belongs to the one before: what that one left is still offered. */
  onTheWay(change: () => void): void;
  /** Ends the offer: what only it needed is let go. */
  lapse(): void;
}

export const createWayBackSlice: StateCreator<AppState, [], [], WayBackSlice> = (set, get, api) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let left: readonly Picture[] = []; // own styles as the change left them
  let moving = false; // the change that is left or gone back to is no next one

  function move(change: () => void): void {
    moving = true;
    change();
    moving = false;
  }

  api.subscribe((state, before) => {
    if (moving || !state.wayBack) return;
    if (state.photo !== before.photo || !sameTracked(state, before)) state.lapse();
  });

  return {
    wayBack: null,

    leave(after, name, change) {
      get().lapse();
      const { photo, recentStyles, loadedStyles, result, steps } = get();
      const goes = after !== 'removed' && result?.photo === photo?.id;
      const kept = {
        photo,
        recentStyles,
        loadedStyles,
        setup: tracked(get()),
        steps: steps(),
        result: goes ? result : null,
      };
      move(() => {
        set({ wayBack: { after, name, ...kept }, ...(goes && { result: null }) });
        change();
      });
      left = get().recentStyles;
      timer = setTimeout(() => get().lapse(), OFFERED_MS);
    },

    onTheWay: move,

    goBack() {
      const { wayBack } = get();
      if (!wayBack) return;
      clearTimeout(timer);
      const { photo, result, loadedStyles, setup, steps } = wayBack;
      const since = get().recentStyles.filter((one) => ![...left, ...wayBack.recentStyles].includes(one));
      const recentStyles = [...since, ...wayBack.recentStyles].slice(0, RECENT_STYLES);
      move(() => {
        if (photo !== get().photo) get().dropResult();
        set({ ...withWall(setup, get()), photo, recentStyles, loadedStyles, wayBack: null, notice: null });
        if (result) set({ result, run: { status: 'finished', tookMs: result.tookMs } });
        get().setSteps(steps);
      });
      get().sweepPictures();
      get().sweepMasks();
      const ready = result !== null && !result.draft && same(result.request, requestOf(get()));
      if (!ready || get().comparing) get().wishFull();
    },

    lapse() {
      const { wayBack } = get();
      if (!wayBack) return;
      clearTimeout(timer);
      set({ wayBack: null });
      wayBack.result?.image.close();
      get().sweepPictures();
      get().sweepMasks();
    },
  };
};
