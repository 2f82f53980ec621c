import { shallow } from 'zustand/vanilla/shallow';
import type { StateCreator } from 'zustand/vanilla';
import type { TemporalState } from 'zundo';
import type { StoreApi } from 'zustand/vanilla';
import type { PictureId } from '../../src/pipeline/request';
import { stylesIn } from './regions-slice';
import type { Settings } from './settings-slice';
import type { AppState } from './store';

/** What undo goes back over: everything that shapes the result and the wall, but the photo. */
export const TRACKED = ['settings', 'style', 'others', 'regions', 'unpainted', 'wall'] as const;
export type Tracked = Pick<AppState, (typeof TRACKED)[number]>;

export function tracked(state: AppState): Tracked {
  const { settings, style, others, regions, unpainted, wall } = state;
  return { settings, style, others, regions, unpainted, wall };
}

/** That the wall is opened for the first time is no difference. */
export function sameTracked(a: Tracked, b: Tracked): boolean {
  const opened = a.wall.length === 0 || b.wall.length === 0;
  return TRACKED.every((key) => a[key] === b[key] || (key === 'wall' && opened));
}

/** The same, with the wall that there is where it is from before one was opened. */
export function withWall(to: Tracked, { wall }: Pick<Tracked, 'wall'>): Tracked {
  return to.wall.length === 0 ? { ...to, wall } : to;
}

/**
 * What differs from `before`, but for the wall; of the settings, those that do. A style and the others of its blend go
 * together.
 */
export function changedSince(
  before: Omit<Tracked, 'wall'>,
  now: Omit<Tracked, 'wall'>,
): Partial<Omit<Tracked, 'settings' | 'wall'>> & { readonly settings: Partial<Tracked['settings']> } {
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

/** Settings that each pane of the wall decides for itself, or goes without. */
const OF_ONE_PICTURE: readonly string[] = [
  'norm',
  'groupSize',
  'strength',
  'secondNorm',
  'secondShare',
  'evenStrength',
] satisfies readonly (keyof Settings)[];

/** The view that alone shows what differs; null when both do. */
function onlySeenIn(before: Tracked, now: Tracked): 'one picture' | 'wall' | null {
  const { settings, style, regions, unpainted } = changedSince(before, now);
  const changed = Object.keys(settings);
  const placed = before.wall !== now.wall;
  const alone = changed.some((key) => OF_ONE_PICTURE.includes(key)) || (regions ?? unpainted) !== undefined;
  const shared = changed.some((key) => !OF_ONE_PICTURE.includes(key)) || style !== undefined;
  if (shared || placed === alone) return null;
  return placed ? 'wall' : 'one picture';
}

/** `now`, where what has the values of `before` is that very object: no step leads to it. */
function withEqualKept(before: Tracked, now: Tracked): Tracked {
  const { settings, others, wall } = before;
  const samePanes =
    wall.length === now.wall.length &&
    wall.every(({ id, settings: own }, k) => id === now.wall[k]?.id && shallow(own, now.wall[k].settings));
  const sameOthers =
    others.length === now.others.length && others.every((one, k) => shallow(one, now.others[k]));
  return {
    ...now,
    ...(shallow(settings, now.settings) && { settings }),
    ...(sameOthers && { others }),
    ...(samePanes && { wall }),
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
  /** The same, and makes nothing of it yet. */
  put(to: Partial<Tracked>, dragging: boolean): void;
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

    /** Goes to where a step leads, and to the view that shows it. */
    function travel(step: () => void): void {
      const before = tracked(get());
      step();
      set(withWall(tracked(get()), before));
      keepPainting();
      const view = onlySeenIn(before, tracked(get()));
      const elsewhere = view !== null && (view === 'wall') !== get().comparing;
      if (elsewhere) get().compare(!get().comparing);
      else get().wishFull();
    }

    return {
      canUndo: false,
      canRedo: false,

      undo() {
        settle();
        if (get().wayBack) return get().goBack();
        travel(time().undo);
      },

      redo: () => travel(time().redo),

      clearUndo() {
        before = null; // nor does a drag go back to where it began
        time().resume();
        time().clear();
      },

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
        const now = tracked(get());
        const next = withEqualKept(now, { ...now, ...to });
        const same = TRACKED.every((key) => next[key] === now[key]);
        if (same && !dragging && !before && get().run.status !== 'previewing') return;
        get().put(to, dragging);
        if (dragging) get().wishFrame();
        else get().wishFull();
      },

      put(to, dragging) {
        if (dragging) {
          if (!before) {
            before = tracked(get());
            time().pause();
          }
          return set(to);
        }
        const now = { ...tracked(get()), ...to };
        settle();
        set(withEqualKept(tracked(get()), now)); // a drag may end where it began
        keepPainting();
      },
    };
  };
