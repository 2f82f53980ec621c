import { vi } from 'vitest';
import type { Finished, Kept, Measured, OnProgress, Stylist } from '../../src/pipeline/client';
import type { PictureId, Request } from '../../src/pipeline/request';
import { createAppStore } from './store';

export const bitmap = (width = 4, height = 3) => ({ width, height, close: vi.fn() }) satisfies ImageBitmap;
export const times = { encoding: 1, normalising: 1, decoding: 1 };
export const file = (name: string) => ({ name, blob: async () => new Blob([name]) });

/** What the worker calls a picture that was opened late. */
export const LATE = 99 as PictureId;

/** A store over a stylist that answers when it is told to. */
export function puppet() {
  const calls: {
    request: Request;
    answer: (outcome: Finished) => void;
    report: OnProgress;
    signal: AbortSignal;
  }[] = [];
  const measures: {
    request: Request;
    answer: (outcome: Measured) => void;
    signal: AbortSignal;
  }[] = [];
  let last = 0;
  const answerKeep = (): Kept => ({
    ok: true,
    picture: ++last as PictureId,
    size: { width: 800, height: 600 },
    preview: bitmap(),
  });
  const keep = vi.fn(async (_blob: Blob, _name: string) => answerKeep());
  /** The next picture is opened when what is returned is called. */
  function keepLate() {
    let answer: (kept: Kept) => void = () => undefined;
    keep.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    return (preview = bitmap()): void =>
      answer({ ok: true, picture: LATE, size: { width: 1, height: 1 }, preview });
  }
  const forget = vi.fn();
  const save = vi.fn<Stylist['save']>(async () => ({
    ok: true,
    blob: new Blob(),
    size: { width: 4, height: 3 },
  }));
  const stylist: Stylist = {
    start: vi.fn(),
    keep,
    keepPreset: () => ++last as PictureId,
    keepStyle: () => ++last as PictureId,
    exportStyle: async () => ({ ok: false, failure: { code: 'cancelled' } }),
    readStyle: async () => ({ ok: false, failure: { code: 'cancelled' } }),
    pool: async () => ({ ok: false, failure: { code: 'cancelled' } }),
    forget,
    stylise: (request, report, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve({ ok: false, failure: { code: 'cancelled' } });
        const answer = resolve;
        calls.push({ request, answer, report, signal });
        signal.addEventListener('abort', () => resolve({ ok: false, failure: { code: 'cancelled' } }));
      }),
    measure: (request, _report, signal) =>
      new Promise((resolve) => {
        measures.push({ request, answer: resolve, signal });
        signal.addEventListener('abort', () => resolve({ ok: false, failure: { code: 'cancelled' } }));
      }),
    inspect: async () => ({ ok: false, failure: { code: 'cancelled' } }),
    save,
  };
  const finished = (image = bitmap()): Finished => ({ ok: true, image, times, grain: 0.75 });
  return { calls, measures, keep, keepLate, forget, save, finished, store: createAppStore(stylist) };
}

export const PRESETS = [
  { id: 'monet', artist: 'Claude Monet', title: 'Water Lilies', swatch: 'monet.webp', knownToCin: true },
  { id: 'klimt', artist: 'Gustav Klimt', title: 'Buchenhain', swatch: 'klimt.webp', knownToCin: false },
];

/** A store with a photo and a style: its first picture is being made. */
export async function withPictures() {
  const made = puppet();
  made.store.getState().offerPresets(PRESETS);
  await made.store.getState().open('photo', file('photo.jpg'));
  return made;
}

/** The same with its picture finished, and what finishes the next ones. */
export async function withResult(image: () => ReturnType<typeof bitmap> = bitmap) {
  const made = await withPictures();
  const get = made.store.getState;
  async function finish(): Promise<void> {
    while (get().run.status === 'running') {
      made.calls.at(-1)?.answer(made.finished(image()));
      await settled();
    }
    await get().rememberResult();
  }
  /** A region with a mask, and the brush put away. */
  async function paintOne(): Promise<void> {
    get().paint(true);
    await get().setMask(get().painting ?? 0, new Blob(['mask']));
    get().paint(false);
    await finish();
  }
  await finish();
  return { ...made, get, finish, paintOne };
}

/** Lets promises that are settled run. */
export const settled = () => new Promise((resolve) => setTimeout(resolve));
