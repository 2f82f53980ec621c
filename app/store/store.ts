import { temporal, type TemporalState } from 'zundo';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Stylist } from '../../src/pipeline/client';
import { createBatchSlice, type BatchSlice } from './batch-slice';
import { createCompareSlice, type CompareSlice } from './compare-slice';
import { createEngineSlice, type EngineSlice } from './engine-slice';
import { createInkSlice, type InkSlice } from './ink-slice';
import { createMixSlice, type MixSlice } from './mix-slice';
import { createOwnSlice, type OwnSlice } from './own-slice';
import { createPicturesSlice, type PicturesSlice } from './pictures-slice';
import { createRegionsSlice, type RegionsSlice } from './regions-slice';
import { createResultsSlice, type ResultsSlice } from './results-slice';
import { createRunSlice, type RunSlice } from './run-slice';
import { createSaveSlice, type SaveSlice } from './save-slice';
import { createSetSlice, type SetSlice } from './set-slice';
import { createSettingsSlice, type SettingsSlice } from './settings-slice';
import { createSetupSlice, type SetupSlice } from './setup-slice';
import { createUndoSlice, sameTracked, tracked, type Tracked, type UndoSlice } from './undo-slice';
import { createViewSlice, type ViewSlice } from './view-slice';
import { createWayBackSlice, type WayBackSlice } from './way-back-slice';

export type AppState = EngineSlice &
  PicturesSlice &
  OwnSlice &
  SettingsSlice &
  MixSlice &
  RegionsSlice &
  InkSlice &
  RunSlice &
  ResultsSlice &
  SaveSlice &
  SetSlice &
  SetupSlice &
  UndoSlice &
  WayBackSlice &
  ViewSlice &
  CompareSlice &
  BatchSlice;
export type AppStore = StoreApi<AppState>;

/** Steps that undo goes back. */
const STEPS = 100;

/** All of the page's state: plain data and names; no React, no tensors. */
export function createAppStore(stylist: Stylist): AppStore {
  const remembered = (): readonly Partial<Tracked>[] => {
    const { pastStates, futureStates } = store.temporal.getState();
    const { results, wayBack } = store.getState();
    const kept = wayBack ? [wayBack.setup, ...wayBack.steps.past, ...wayBack.steps.future] : [];
    return [...pastStates, ...futureStates, ...results.map(({ setup }) => setup), ...kept];
  };
  const store = createStore<AppState>()(
    temporal(
      (...context) => ({
        ...createEngineSlice(stylist)(...context),
        ...createPicturesSlice(stylist)(...context),
        ...createOwnSlice(stylist)(...context),
        ...createSettingsSlice(...context),
        ...createMixSlice(...context),
        ...createRegionsSlice(stylist, remembered)(...context),
        ...createInkSlice(stylist)(...context),
        ...createRunSlice(stylist)(...context),
        ...createResultsSlice(...context),
        ...createSaveSlice(stylist)(...context),
        ...createSetSlice(stylist)(...context),
        ...createSetupSlice(stylist)(...context),
        ...createUndoSlice((): StoreApi<TemporalState<Tracked>> => store.temporal)(...context),
        ...createWayBackSlice(...context),
        ...createViewSlice(...context),
        ...createCompareSlice(stylist)(...context),
        ...createBatchSlice(stylist)(...context),
      }),
      { partialize: tracked, equality: sameTracked, limit: STEPS },
    ),
  );
  store.temporal.subscribe(({ pastStates, futureStates }) =>
    store.setState({ canUndo: pastStates.length > 0, canRedo: futureStates.length > 0 }),
  );
  store.subscribe((state, before) => {
    const watched = [
      'painting',
      'brush',
      'regions',
      'unpainted',
      'settings',
      'run',
      'photo',
      'comparing',
    ] as const;
    if (watched.some((key) => state[key] !== before[key])) state.keepInk();
  });
  return store;
}
