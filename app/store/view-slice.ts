import type { StateCreator } from 'zustand/vanilla';
import type { AppState } from './store';

export type ViewMode = 'split' | 'beside' | 'result';
export type Theme = 'system' | 'light' | 'dark';

/** CSS pixels per picture pixel, or as large as fits. */
export type Zoom = number | 'fit';

export const ZOOM_RANGE = { least: 0.05, most: 16 } as const;

export interface ViewSlice {
  readonly mode: ViewMode;
  readonly theme: Theme;
  readonly zoom: Zoom;
  /** What part of the picture is in the middle of the pane, 0..1 each way; the same in every pane. */
  readonly centre: { readonly x: number; readonly y: number };
  readonly showsOriginal: boolean; // while held
  /** Of this page, in this browser: `app/offline.ts` offers it, and takes it when it is wanted. */
  readonly newerVersion: 'none' | 'ready' | 'wanted';
  setMode(mode: ViewMode): void;
  setTheme(theme: Theme): void;
  setZoom(zoom: Zoom, centre?: { readonly x: number; readonly y: number }): void;
  setCentre(centre: { readonly x: number; readonly y: number }): void;
  holdOriginal(shows: boolean): void;
  takeNewer(): void;
  leaveNewer(): void;
}

export const createViewSlice: StateCreator<AppState, [], [], ViewSlice> = (set) => ({
  mode: 'split',
  theme: 'system',
  zoom: 'fit',
  centre: { x: 0.5, y: 0.5 },
  showsOriginal: false,
  newerVersion: 'none',

  setMode: (mode) => set({ mode }),
  setTheme: (theme) => set({ theme }),
  setZoom: (zoom, centre) =>
    set({
      zoom: zoom === 'fit' ? zoom : clamp(zoom, ZOOM_RANGE.least, ZOOM_RANGE.most),
      ...(zoom === 'fit' ? { centre: { x: 0.5, y: 0.5 } } : {}),
      ...(centre ? { centre: inside(centre) } : {}),
    }),
  setCentre: (centre) => set({ centre: inside(centre) }),
  holdOriginal: (showsOriginal) => set({ showsOriginal }),
  takeNewer: () => set({ newerVersion: 'wanted' }),
  leaveNewer: () => set({ newerVersion: 'none' }),
});

function inside({ x, y }: { readonly x: number; readonly y: number }): { x: number; y: number } {
  return { x: clamp(x, 0, 1), y: clamp(y, 0, 1) };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
