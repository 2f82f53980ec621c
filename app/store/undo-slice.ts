import type { StateCreator } from 'zustand/vanilla';
import type { TemporalState } from 'zundo';
import type { StoreApi } from 'zustand/vanilla';
import type { PictureId } from '../../src/pipeline/request';
import { stylesIn } from './regions-slice';
import type { Settings } from './settings-slice';
import type { AppState } from './store';

/** What undo goes back over: everything that shapes the result, but the photo. */
export const TRACKED = ['settings', 'style', 'others', 'regions', 'unpainted'] as const;
export type Tracked = Pick<AppState, (typeof TRACKED)[number]>;

export function tracked(state: AppState): Tracked {
  const { settings, style, others, regions, unpainted } = state;
  return { settings, style, others, regions, unpainted };
}

export function sameTracked(a: Tracked, b: Tracked): boolean {
  return TRACKED.every((key) => a[key] === b[key]);
}

/** What differs from `before`; of the settings, those that do. A style and the others of its blend go together. */
export function changedSince(
  before: Tracked,
  now: Tracked,
): Partial<Omit<Tracked, 'settings'>> & { readonly settings: Partial<Tracked['settings']> } {
  const settings = Object.fromEntries(
    Object.entries(now.settings).filter(([key, value]) => before.settings[key as keyof Settings] !== value),
  );
  const { style, others, regions, unpainted } = now;
  const none = regions.length === 0 && before.regions.length === 0; // another empty list is no change
  return {
    settings,
    ...((style !== before.style || others !== before.others) && { style, others }),
    ...(regions !== before.regions && !none && { regions }),
    ...(unpainted !== before.unpainted && { unpainted }),
  };
}

/** Where undo and redo lead, the nearest last. */
export interface Steps {
  readonly past: readonly Partial<Tracked>[];
  readonly future: readonly Partial<Tracked>[];
}

export interface UndoSlice {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  undo(): void;
  redo(): void;
  clearUndo(): void;
  steps(): Steps;
  setSteps(steps: Steps): void;
  /** No way back to a style that is gone; the other steps stay. */
  dropStepsOf(style: PictureId): void;
  /** Changes something tracked. While it is dragged only frames are made, and undo sees one step. */
  change(to: Partial<Tracked>, dragging: boolean): void;
}

/** @param recorder which exists only once the store does */
export const createUndoSlice =
  (recorder: () => StoreApi<TemporalState<Tracked>>): StateCreator<AppState, [], [], UndoSlice> =>
  (set, get) => {
    let before: Tracked | null = null; // the drag began here
    const time = (): TemporalState<Tracked> => recorder().getState();

    /** Ends a drag: back to where it began, unseen, so that the next step is recorded from there. */
    function settle(): void {
      if (!before) return;
      set(before);
      before = null;
      time().resume();
    }

    /** The brush leaves a region that is gone; without any, painting ends. */
    function keepPainting(): void {
      const { painting, regions } = get();
      if (painting === null || regions.some(({ id }) => id === painting)) return;
      set({ painting: regions.at(-1)?.id ?? null });
    }

    return {
      canUndo: false,
      canRedo: false,

      undo() {
        settle();
        if (get().wayBack) return get().goBack();
        time().undo();
        keepPainting();
        get().wishFull();
      },

      redo() {
        time().redo();
        keepPainting();
        get().wishFull();
      },

      clearUndo: () => time().clear(),

      steps() {
        const { pastStates, futureStates } = time();
        return { past: [...pastStates], future: [...futureStates] }; // zundo changes its own in place
      },

      setSteps: ({ past, future }) =>
        recorder().setState({ pastStates: [...past], futureStates: [...future] }),

      dropStepsOf(gone) {
        const { steps, setSteps } = get();
        const without = (states: Steps['past']): Steps['past'] =>
          states.filter((state) => stylesIn(state).every(({ style }) => style.picture !== gone));
        const { past, future } = steps();
        setSteps({ past: without(past), future: without(future) });
      },

      change(to, dragging) {
        if (dragging) {
          if (!before) {
            before = tracked(get());
            time().pause();
          }
          set(to);
          return get().wishFrame();
        }
        const now = before ? { ...tracked(get()), ...to } : to;
        settle();
        set(now);
        keepPainting();
        get().wishFull();
      },
    };
  };
