import type { StateCreator } from 'zustand/vanilla';
import type { BackendWish, Timings } from '../../src/pipeline/choose-backend';
import type { EngineState, Stylist } from '../../src/pipeline/client';
import type { AppState } from './store';

export interface EngineSlice {
  readonly engine: EngineState;
  readonly backendWish: BackendWish;
  /** Starts the worker, or starts it anew on another backend; what was wanted is made again. */
  startEngine(wish: BackendWish, timings?: Timings): void;
}

export const createEngineSlice =
  (stylist: Stylist): StateCreator<AppState, [], [], EngineSlice> =>
  (set, get) => ({
    engine: { status: 'loading', done: 0 },
    backendWish: 'auto',

    startEngine(wish, timings) {
      set({ backendWish: wish });
      stylist.start(wish, (engine) => set({ engine }), timings);
      get().wishFull();
      if (get().comparing) get().resumeWall(); // panes that failed ask for the same as before
    },
  });
