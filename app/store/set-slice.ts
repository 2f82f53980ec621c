import type { StateCreator } from 'zustand/vanilla';
import type { Stylist } from '../../src/pipeline/client';
import type { Failure } from '../../src/pipeline/failure';
import type { StyleSet } from '../../src/pipeline/style-set';
import type { StyleData } from '../../src/pipeline/style-schema';
import type { AppState } from './store';
import type { LoadedStyle } from './style';

/** Many pictures on their way to one style. */
export type SetState =
  | { readonly status: 'none' }
  | { readonly status: 'working'; readonly count: number; readonly done: number } // 0..1
  | { readonly status: 'done'; readonly set: StyleSet }
  | { readonly status: 'failed'; readonly failure: Failure };

export interface SetSlice {
  /** Styles from files and sets, the newest first. */
  readonly loadedStyles: readonly LoadedStyle[];
  readonly styleSet: SetState;
  takeData(data: StyleData): LoadedStyle;
  poolPictures(files: readonly File[]): Promise<void>;
  cancelSet(): void;
  /** All of the set as the style, or the one nearest to all others. */
  useSet(which: 'pooled' | 'typical'): void;
}

export const createSetSlice =
  (stylist: Stylist): StateCreator<AppState, [], [], SetSlice> =>
  (set, get) => {
    let current = new AbortController();
    return {
      loadedStyles: [],
      styleSet: { status: 'none' },

      takeData(data) {
        const known = get().loadedStyles.find((one) => JSON.stringify(one.data) === JSON.stringify(data));
        if (known) return known;
        const style: LoadedStyle = { kind: 'data', picture: stylist.keepStyle(data), data };
        get().hold(style.picture);
        set({ loadedStyles: [style, ...get().loadedStyles] });
        return style;
      },

      async poolPictures(files) {
        current.abort();
        const mine = (current = new AbortController());
        const count = files.length;
        set({ styleSet: { status: 'working', count, done: 0 } });
        const outcome = await stylist.pool(
          files.map((file) => ({ name: file.name, blob: file })),
          get().settings.styleSize,
          (_stage, done) => mine === current && set({ styleSet: { status: 'working', count, done } }),
          mine.signal,
        );
        if (mine !== current || mine.signal.aborted) return;
        set({
          styleSet: outcome.ok
            ? { status: 'done', set: outcome.set }
            : { status: 'failed', failure: outcome.failure },
        });
      },

      cancelSet() {
        current.abort();
        set({ styleSet: { status: 'none' } });
      },

      useSet(which) {
        const { styleSet } = get();
        if (styleSet.status !== 'done') return;
        const style = get().takeData(styleSet.set[which]);
        set({ styleSet: { status: 'none' } });
        get().pickStyle(String(style.picture));
      },
    };
  };
