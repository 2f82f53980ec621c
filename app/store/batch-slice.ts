import type { StateCreator, StoreApi } from 'zustand/vanilla';
import type { Stylist } from '../../src/pipeline/client';
import {
  isPageBusy,
  MOST_PHOTOS,
  toMake,
  wishNow,
  type Batch,
  type BatchPhoto,
  type BatchRun,
  type BatchWish,
} from './batch';
import { previewOf, restyled, withOwnStyles } from './batch-work';
import { mixOf } from './mix-slice';
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
  takeOut(id: number): void;
  clearBatch(): void;
  /** What lies in a file now; what was made since is still to be saved. */
  batchSaved(pictures: readonly Blob[]): void;
}

const EMPTY: Batch = {
  photos: [],
  type: 'image/jpeg',
  large: false,
  running: false,
  leftOut: 0,
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

    const photoOf = (id: number): BatchPhoto | undefined =>
      get().batch.photos.find((photo) => photo.id === id);

    /** What a photo of the list looks like. One that cannot be opened says so when its turn comes. */
    async function look(id: number, file: File): Promise<void> {
      if (!photoOf(id)) return; // taken out meanwhile
      const preview = await previewOf(file).catch(() => null);
      if (photoOf(id)) changePhoto(id, { preview });
      else preview?.close();
    }

    /** One photo of a run; it waits for another turn when it has to give way. */
    async function next({ id, file }: BatchPhoto, wish: BatchWish, run: AbortSignal): Promise<BatchRun> {
      const mine = new AbortController();
      const abort = (): void => mine.abort();
      run.addEventListener('abort', abort);
      const unsubscribe = api.subscribe((state) => isPageBusy(state) && abort());
      const tell = (done: number): void => {
        if (!mine.signal.aborted) changePhoto(id, { run: { status: 'working', done } });
      };
      tell(0);
      const start = performance.now();
      try {
        const outcome = await restyled(stylist, file, wish, tell, mine.signal);
        if (!outcome.ok) {
          const { failure } = outcome;
          return failure.code === 'cancelled' ? { status: 'waiting' } : { status: 'failed', failure };
        }
        const { blob, thumbnail } = outcome;
        const photo = photoOf(id);
        if (run.aborted || !photo) {
          thumbnail.close(); // the run was stopped, or the photo taken out
          return { status: 'waiting' };
        }
        photo.made?.thumbnail.close();
        const ending = IMAGE_TYPES.find(({ type }) => type === blob.type)?.ending ?? 'png';
        const name = fileName(file.name, wish.style, ending);
        const { asked, setup, large } = wish;
        changePhoto(id, { made: { blob, thumbnail, asked, setup, large, name, saved: false } });
        const took = performance.now() - start;
        const { eachMs } = get().batch;
        change({ eachMs: eachMs === null ? took : eachMs + (took - eachMs) / 3 });
        return { status: 'finished' };
      } catch (error) {
        return { status: 'failed', failure: { code: 'bug', message: String(error) } };
      } finally {
        unsubscribe();
        run.removeEventListener('abort', abort);
      }
    }

    /** All that wait, one after another. */
    async function work(wish: BatchWish, run: AbortSignal): Promise<void> {
      const lost = new Set<number>(); // by a GPU that went away; they are tried once more
      for (;;) {
        await pageIsQuiet(api);
        const photo = get().batch.photos.find(({ run: { status } }) => status === 'waiting');
        if (run.aborted || !photo) return;
        const ended = await next(photo, wish, run);
        if (run.aborted) return;
        const again = ended.status === 'failed' && ended.failure.code === 'gpu-lost' && !lost.has(photo.id);
        if (again) lost.add(photo.id);
        changePhoto(photo.id, { run: again ? { status: 'waiting' } : ended });
      }
    }

    return {
      batch: EMPTY,
      batchShown: false,
      showBatch: (batchShown) => set({ batchShown }),

      async addPhotos(files) {
        const room = MOST_PHOTOS - get().batch.photos.length;
        const added = files.slice(0, room).map((file): BatchPhoto => ({
          id: ++last,
          file,
          preview: null,
          run: { status: 'waiting' },
          made: null,
        }));
        change({ photos: [...get().batch.photos, ...added], leftOut: files.length - added.length });
        set({ batchShown: true });
        for (const { id, file } of added) await look(id, file); // one at a time: large ones fill memory
      },

      takeOut(id) {
        const photo = photoOf(id);
        if (!photo) return;
        close(photo);
        change({ photos: get().batch.photos.filter((one) => one !== photo), leftOut: 0 });
      },

      setBatch: (part) => change(part),

      async runBatch() {
        if (get().batch.running || !get().style) return;
        const mine = (current = new AbortController());
        const asked = wishNow(get());
        const open = toMake(get());
        const photos = get().batch.photos.map((photo): BatchPhoto => ({
          ...photo,
          run: { status: open.includes(photo) ? 'waiting' : 'finished' },
        }));
        change({ photos, running: true, eachMs: null });
        const { wish, release } = await withOwnStyles(stylist, asked, mixOf(get()));
        await work(wish, mine.signal);
        release();
        if (mine === current) change({ running: false });
      },

      stopBatch() {
        current.abort();
        const photos = get().batch.photos.map((photo): BatchPhoto =>
          photo.run.status === 'working' ? { ...photo, run: { status: 'waiting' } } : photo,
        );
        change({ photos, running: false });
      },

      clearBatch() {
        get().stopBatch();
        get().batch.photos.forEach(close);
        change({ photos: [], leftOut: 0 });
      },

      batchSaved(pictures) {
        const photos = get().batch.photos.map((photo): BatchPhoto =>
          photo.made && pictures.includes(photo.made.blob)
            ? { ...photo, made: { ...photo.made, saved: true } }
            : photo,
        );
        change({ photos });
      },
    };
  };

function close({ preview, made }: BatchPhoto): void {
  preview?.close();
  made?.thumbnail.close();
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
