import type { StateCreator } from 'zustand/vanilla';
import type { Stylist } from '../../src/pipeline/client';
import type { Request } from '../../src/pipeline/request';
import { mixOf } from './mix-slice';
import { requestOf, shareOf } from './run-slice';
import type { AppState } from './store';

/**
 * What the brush lays down while it moves: the whole picture in the region's styles, seen through the stroke.
 * Where the statistics of the region are those of the whole, that is what the finished stroke will be.
 */
export interface Ink {
  readonly image: ImageBitmap;
  readonly made: string; // the request, to know when it is outdated
}

export interface InkSlice {
  readonly ink: Ink | null;
  /** Makes the ink that painting needs now, when nothing else is being made; lets go of it afterwards. */
  keepInk(): void;
}

export const createInkSlice =
  (stylist: Stylist): StateCreator<AppState, [], [], InkSlice> =>
  (set, get) => {
    let wanted: { readonly made: string; readonly stop: AbortController } | null = null;

    function drop(): void {
      wanted?.stop.abort();
      wanted = null;
      if (!get().ink) return;
      get().ink?.image.close();
      set({ ink: null });
    }

    async function make(request: Request, made: string): Promise<void> {
      const mine = { made, stop: new AbortController() };
      wanted?.stop.abort();
      wanted = mine;
      const image = await imageOf(request, made, mine.stop.signal);
      if (wanted === mine) wanted = null;
      if (!image) return; // stopped for something newer; the mask's tint shows the stroke
      if (mine.stop.signal.aborted) return image.close();
      get().ink?.image.close();
      set({ ink: { image, made } });
    }

    /** Often it is on screen already: painting begins with the styles that were just looked at. */
    async function imageOf(request: Request, made: string, signal: AbortSignal): Promise<ImageBitmap | null> {
      const { result } = get();
      if (result && !result.draft && JSON.stringify(result.request) === made) {
        return createImageBitmap(result.image);
      }
      const outcome = await stylist.stylise(request, () => undefined, signal);
      return outcome.ok ? outcome.image : null;
    }

    return {
      ink: null,
      keepInk() {
        const request = inkRequest(get());
        if (get().painting === null || get().comparing) return drop();
        const made = JSON.stringify(request);
        const { status } = get().run;
        if (status === 'running' || status === 'previewing') {
          wanted?.stop.abort(); // the picture itself comes first
          wanted = null;
        } else if (request && status !== 'failed' && made !== (wanted?.made ?? get().ink?.made)) {
          void make(request, made);
        }
      },
    };
  };

/** The photo under the region's styles alone; under the base styles where those are what erasing brings back. */
export function inkRequest(state: AppState): Request | null {
  const region = state.regions.find(({ id }) => id === state.painting);
  const request = requestOf({ ...state, regions: [] });
  if (!region || !request) return null;
  const erasesToStyle = state.brush.erases && state.unpainted === 'styles';
  return { ...request, styles: (erasesToStyle ? mixOf(state) : region.styles).map(shareOf) };
}
