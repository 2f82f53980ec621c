import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Stylist } from '../../src/pipeline/client';
import { createCompareSlice, type CompareSlice } from './compare-slice';
import { createEngineSlice, type EngineSlice } from './engine-slice';
import { createPicturesSlice, type PicturesSlice } from './pictures-slice';
import { createRunSlice, type RunSlice } from './run-slice';
import { createSaveSlice, type SaveSlice } from './save-slice';
import { createSettingsSlice, type SettingsSlice } from './settings-slice';
import { createViewSlice, type ViewSlice } from './view-slice';

export type AppState = EngineSlice &
  PicturesSlice &
  SettingsSlice &
  RunSlice &
  SaveSlice &
  ViewSlice &
  CompareSlice;
export type AppStore = StoreApi<AppState>;

/** All of the page's state: plain data and names; no React, no tensors. */
export function createAppStore(stylist: Stylist): AppStore {
  return createStore<AppState>()((...context) => ({
    ...createEngineSlice(stylist)(...context),
    ...createPicturesSlice(stylist)(...context),
    ...createSettingsSlice(...context),
    ...createRunSlice(stylist)(...context),
    ...createSaveSlice(stylist)(...context),
    ...createViewSlice(...context),
    ...createCompareSlice(stylist)(...context),
  }));
}
