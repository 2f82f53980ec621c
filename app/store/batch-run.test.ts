import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PictureId } from '../../src/pipeline/request';
import { batchFiles, batchProgress, isPageBusy, isSaved, isTried, toMake } from './batch';
import { photos, withList } from './batch-testing';
import { mixOf } from './mix-slice';
import { bitmap, file, settled } from './testing';

beforeEach(() => vi.stubGlobal('createImageBitmap', async () => bitmap()));
afterEach(async () => {
  await settled(); // what a list still looks at
  vi.unstubAllGlobals();
});

describe('many photos', () => {
  it('are restyled one after another, as the page is set, and are forgotten by the worker', async () => {
    const { get, calls, forget, start, answer, statuses } = await withList('a.jpg', 'b.jpg');
    get().set({ strength: 0.4 });
    await answer();
    await answer();
    await start();
    expect(statuses()).toEqual(['working', 'waiting']);
    expect(calls.at(-1)?.request).toMatchObject({ strength: 0.4, contentSize: 512 });
    const first = calls.at(-1)?.request.content;
    await answer();
    expect(forget).toHaveBeenCalledWith(first);
    expect(statuses()).toEqual(['finished', 'working']);
    await answer();
    expect(statuses()).toEqual(['finished', 'finished']);
    expect(get().batch.running).toBe(false);
    expect(isSaved(get().batch)).toBe(false);
    expect(get().photo?.name).toBe('photo.jpg'); // the page's own stays
  });

  it('leave out what is painted', async () => {
    const { store, get, calls, start } = await withList('a.jpg');
    const mask = { picture: 7 as PictureId, blob: new Blob() };
    store.setState({ regions: [{ id: 1, mask, styles: mixOf(get()) }] });
    await start();
    expect(calls.at(-1)?.request).not.toHaveProperty('regions');
  });

  it('are files as large as themselves when asked to be, made at the working size', async () => {
    const { get, calls, save, start, answer } = await withList('a.jpg');
    get().setBatch({ large: true });
    await start();
    expect(calls.at(-1)?.request.contentSize).toBe(512);
    const photo = calls.at(-1)?.request.content;
    await answer();
    expect(save).toHaveBeenCalledWith(expect.anything(), 'image/jpeg', expect.objectContaining({ photo }));
  });

  it('are made anew only where the page is set otherwise', async () => {
    const { get, start, answer } = await withList('a.jpg', 'b.jpg');
    await start();
    await answer();
    await answer();
    expect(toMake(get())).toHaveLength(0);
    void get().addPhotos(photos('c.jpg'));
    expect(toMake(get()).map(({ file }) => file.name)).toEqual(['c.jpg']);
    get().setBatch({ type: 'image/png' });
    expect(toMake(get())).toHaveLength(3);
    expect(batchFiles(get().batch)).toHaveLength(2); // the earlier ones can still be saved
  });

  it('that cannot be opened leave the others', async () => {
    const { get, keep, start, answer, statuses } = await withList('a.jpg', 'letter.jpg', 'c.jpg');
    const failure = { code: 'picture-unreadable', name: 'letter.jpg' } as const;
    const opens = keep.getMockImplementation();
    keep.mockImplementation(async (blob, name) =>
      name === 'letter.jpg' ? { ok: false, failure } : (opens ?? keep)(blob, name),
    );
    await start();
    await answer();
    await answer();
    expect(statuses()).toEqual(['finished', 'failed', 'finished']);
    expect(isTried(get())).toBe(true);
    expect(batchProgress(get().batch)).toBe(1);
  });

  it('stop at once, keep what is finished, and go on from there', async () => {
    const { get, calls, start, answer, statuses } = await withList('a.jpg', 'b.jpg', 'c.jpg');
    await start();
    await answer();
    get().stopBatch();
    expect(get().batch.running).toBe(false);
    await settled();
    expect(statuses()).toEqual(['finished', 'waiting', 'waiting']);
    const before = calls.length;
    await start();
    await answer();
    await answer();
    expect(statuses()).toEqual(['finished', 'finished', 'finished']);
    expect(calls.length - before).toBe(2);
  });

  it('give way to the picture on the page, and go on after it', async () => {
    const { get, calls, start, answer, statuses } = await withList('a.jpg');
    await start();
    const inWork = calls.at(-1);
    get().set({ strength: 0.5 });
    await settled();
    expect(inWork?.signal.aborted).toBe(true);
    expect(statuses()).toEqual(['waiting']);
    expect(calls.at(-1)?.request.strength).toBe(0.5);
    await answer();
    while (get().run.status === 'running') await answer();
    expect(statuses()).toEqual(['working']);
    expect(calls.at(-1)?.request.strength).toBe(1); // as the page was set when it began
    await answer();
    expect(statuses()).toEqual(['finished']);
  });

  it('keep their style when the page lets go of it', async () => {
    const { get, calls, forget, start, answer, calm, statuses } = await withList('a.jpg', 'b.jpg');
    await get().open('style', file('fire.png'));
    await calm();
    await start();
    const mine = get().style?.picture;
    const [first] = calls.at(-1)?.request.styles ?? [];
    get().forgetRecent(mine as PictureId);
    get().lapse();
    expect(forget).toHaveBeenCalledWith(mine);
    expect(first?.picture).not.toBe(mine);
    expect(forget).not.toHaveBeenCalledWith(first?.picture);
    while (statuses().includes('waiting') || statuses().includes('working')) await answer();
    expect(forget).toHaveBeenCalledWith(first?.picture);
    expect(statuses()).toEqual(['finished', 'finished']);
  });

  it('wait while the page is painted on, and say so', async () => {
    const { get, start, answer, statuses } = await withList('a.jpg');
    get().paint(true);
    await start();
    expect(statuses()).toEqual(['waiting']);
    expect(isPageBusy(get())).toBe(true);
    get().paint(false);
    await settled();
    expect(isPageBusy(get())).toBe(false);
    while (statuses()[0] !== 'finished') await answer();
  });

  it('that are already as wished are not made again', async () => {
    const { get, calls, start, answer } = await withList('a.jpg', 'b.jpg');
    await start();
    await answer();
    await answer();
    get().setBatch({ type: 'image/png' });
    await start();
    get().stopBatch();
    await settled();
    get().setBatch({ type: 'image/jpeg' });
    void get().addPhotos(photos('c.jpg'));
    const before = calls.length;
    await start();
    await answer();
    expect(calls.length - before).toBe(1);
    expect(get().batch.running).toBe(false);
  });

  it('that were stopped while they were opened do not disturb the next run', async () => {
    const { get, keep, start, answer, statuses } = await withList('a.jpg', 'b.jpg');
    const opens = keep.getMockImplementation();
    let open = (): void => undefined;
    keep.mockImplementationOnce(async (blob, name) => {
      await new Promise<void>((resolve) => (open = resolve));
      return (opens ?? keep)(blob, name);
    });
    await start();
    get().stopBatch();
    expect(statuses()).toEqual(['waiting', 'waiting']);
    await start();
    await answer();
    expect(statuses()).toEqual(['finished', 'working']);
    open();
    await settled();
    expect(statuses()).toEqual(['finished', 'working']);
    await answer();
    expect(statuses()).toEqual(['finished', 'finished']);
    expect(get().batch.running).toBe(false);
  });

  it('are tried once more when the GPU went away, and fail alone when something breaks', async () => {
    const { calls, start, answer, statuses } = await withList('a.jpg', 'b.jpg');
    const lose = async (): Promise<void> => {
      calls.at(-1)?.answer({ ok: false, failure: { code: 'gpu-lost', reason: 'gone' } });
      await settled();
    };
    await start();
    await lose();
    expect(statuses()).toEqual(['working', 'waiting']);
    await lose();
    expect(statuses()).toEqual(['failed', 'working']);
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('no memory')));
    await answer();
    expect(statuses()).toEqual(['failed', 'failed']);
  });
});
