import type { StateCreator, StoreApi } from 'zustand/vanilla';
import type { Stylist } from '../../src/pipeline/client';
import { toMake, wishNow, type Batch, type BatchPhoto, type BatchWish } from './batch';
import { previewOf, restyled } from './batch-work';
import { wallProgress } from './panes';
import { fileName, IMAGE_TYPES } from './save-slice';
import type { AppState } from './store';

export interface BatchSlice {
  readonly batch: Batch;
  readonly batchShown: boolean;
  showBatch(shown: boolean): void;
  /** Adds photos to the list, and shows it. */
  addPhotos(files: readonly File[]): Promise<void>;
  setBatch(change: Partial<Pick<Batch, 'type' | 'large'>>): void;
  /** Makes every photo of the list that is not there as the page is set now. */
  runBatch(): Promise<void>;
  /** What is finished stays. */
  stopBatch(): void;
  clearBatch(): void;
  batchSaved(): void;
}

const EMPTY: Batch = {
  photos: [],
  type: 'image/jpeg',
  large: false,
  running: false,
  saved: true,
  eachMs: null,
};

export const createBatchSlice =
  (stylist: Stylist): StateCreator<AppState, [], [], BatchSlice> =>
  (set, get, api) => {
    let current = new AbortController();
    let last = 0;

    const change = (part: Partial<Batch>): void => set({ batch: { ...get().batch, ...part } });
    const changePhoto = (id: number, part: Partial<BatchPhoto>): void =>
      change({ photos: get().batch.photos.map((one) => (one.id === id ? { ...one, ...part } : one)) });

    /** What a photo of the list looks like. One that cannot be opened says so when its turn comes. */
    async function look(id: number, file: File): Promise<void> {
      const preview = await previewOf(file).catch(() => null);
      if (get().batch.photos.some((photo) => photo.id === id)) changePhoto(id, { preview });
      else preview?.close(); // the list was cleared
    }

    async function next({ id, file }: BatchPhoto, wish: BatchWish, stop: AbortSignal): Promise<void> {
      const mine = new AbortController();
      const abort = (): void => mine.abort();
      stop.addEventListener('abort', abort);
      const unsubscribe = api.subscribe((state) => isPageBusy(state) && abort()); // it gives way
      const tell = (done: number): void => {
        if (!mine.signal.aborted) changePhoto(id, { run: { status: 'working', done } });
      };
      tell(0);
      const start = performance.now();
      const outcome = await restyled(stylist, file, wish, tell, mine.signal);
      unsubscribe();
      stop.removeEventListener('abort', abort);
      const photo = get().batch.photos.find((one) => one.id === id);
      if (!photo) return outcome.ok ? outcome.thumbnail.close() : undefined; // the list was cleared
      if (!outcome.ok) {
        const { failure } = outcome;
        const again = failure.code === 'cancelled';
        return changePhoto(id, { run: again ? { status: 'waiting' } : { status: 'failed', failure } });
      }
      const { blob, thumbnail } = outcome;
      photo.made?.thumbnail.close();
      const ending = IMAGE_TYPES.find(({ type }) => type === blob.type)?.ending ?? 'png';
      const name = fileName(file.name, wish.style, ending);
      changePhoto(id, { run: { status: 'finished' }, made: { blob, thumbnail, asked: wish.asked, name } });
      const took = performance.now() - start;
      const { eachMs } = get().batch;
      change({ saved: false, eachMs: eachMs === null ? took : eachMs + (took - eachMs) / 3 });
    }

    return {
      batch: EMPTY,
      batchShown: false,
      showBatch: (batchShown) => set({ batchShown }),

      async addPhotos(files) {
        const added = files.map((file): BatchPhoto => ({
          id: ++last,
          file,
          preview: null,
          run: { status: 'waiting' },
          made: null,
        }));
        change({ photos: [...get().batch.photos, ...added] });
        set({ batchShown: true });
        for (const { id, file } of added) await look(id, file); // one at a time: large ones fill memory
      },

      setBatch: (part) => change(part),

      async runBatch() {
        if (get().batch.running || !get().style) return;
        const mine = (current = new AbortController());
        const wish = wishNow(get());
        const open = toMake(get());
        const photos = get().batch.photos.map((photo): BatchPhoto =>
          open.includes(photo) ? { ...photo, run: { status: 'waiting' } } : photo,
        );
        change({ photos, running: true, eachMs: null });
        for (;;) {
          await pageIsQuiet(api);
          const photo = get().batch.photos.find(({ run }) => run.status === 'waiting');
          if (!photo || mine.signal.aborted) break;
          const { engine } = get();
          if (engine.status === 'failed')
            changePhoto(photo.id, { run: engine }); // nobody would answer
          else await next(photo, wish, mine.signal);
        }
        if (mine === current) change({ running: false });
      },

      stopBatch() {
        current.abort();
        change({ running: false });
      },

      clearBatch() {
        get().stopBatch();
        for (const { preview, made } of get().batch.photos) {
          preview?.close();
          made?.thumbnail.close();
        }
        change({ photos: [], saved: true });
      },

      batchSaved: () => change({ saved: true }),
    };
  };

/** The one picture on the page comes first. */
function isPageBusy({ run, panes, comparing }: AppState): boolean {
  if (comparing) return wallProgress(panes).busy;
  return run.status === 'running' || run.status === 'previewing';
}

function pageIsQuiet({
  getState,
  subscribe,
}: Pick<StoreApi<AppState>, 'getState' | 'subscribe'>): Promise<void> {
  return new Promise((resolve) => {
    if (!isPageBusy(getState())) return resolve();
    const unsubscribe = subscribe((state) => {
      if (isPageBusy(state)) return;
      unsubscribe();
      resolve();
    });
  });
}
