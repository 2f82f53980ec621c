import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { batchFiles, batchProgress, isTried, toMake } from './batch';
import type { PictureId } from '../../src/pipeline/request';
import { mixOf } from './mix-slice';
import { bitmap, settled, withPictures } from './testing';

beforeEach(() => vi.stubGlobal('createImageBitmap', async () => bitmap()));
afterEach(() => vi.unstubAllGlobals());

const photos = (...names: string[]) => names.map((name) => new File([name], name));

/** A page whose own picture is finished, with a list of photos. */
async function withList(...names: string[]) {
  const made = await withPictures();
  const get = made.store.getState;
  const answer = async (): Promise<void> => {
    made.calls.at(-1)?.answer(made.finished());
    await settled();
  };
  while (get().run.status === 'running') await answer();
  void get().addPhotos(photos(...names));
  const statuses = () => get().batch.photos.map(({ run }) => run.status);
  const start = async (): Promise<void> => {
    void get().runBatch();
    await settled();
  };
  return { ...made, get, answer, statuses, start };
}

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
    expect(get().batch).toMatchObject({ running: false, saved: false });
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

  it('can be cleared while one is made', async () => {
    const { get, start, statuses } = await withList('a.jpg', 'b.jpg');
    await start();
    get().clearBatch();
    await settled();
    expect(statuses()).toEqual([]);
    expect(get().batch).toMatchObject({ running: false, saved: true });
  });

  it('are shown before they are made; one that cannot be is left blank', async () => {
    vi.stubGlobal('createImageBitmap', async (source: unknown) => {
      if (source instanceof File && source.name === 'letter.jpg') throw new Error('no picture');
      return bitmap();
    });
    const { get } = await withList('letter.jpg', 'b.jpg');
    await settled();
    expect(get().batch.photos.map(({ preview }) => preview !== null)).toEqual([false, true]);
    const preview = get().batch.photos[1]?.preview;
    get().clearBatch();
    expect(preview?.close).toHaveBeenCalled();
  });

  it('of one name get numbers', async () => {
    const { get, start, answer } = await withList('a.jpg', 'a.jpg', 'a.png');
    await start();
    for (let k = 0; k < 3; k++) await answer();
    expect(batchFiles(get().batch).map(({ name }) => name)).toEqual([
      'a-claude-monet.png', // the puppet's files have no type
      'a-claude-monet-2.png',
      'a-claude-monet-3.png',
    ]);
  });

  it('say so when the engine cannot start, instead of waiting for it', async () => {
    const { store, start, statuses } = await withList('a.jpg', 'b.jpg');
    store.setState({ engine: { status: 'failed', failure: { code: 'no-backend', reason: 'none' } } });
    await start();
    expect(statuses()).toEqual(['failed', 'failed']);
  });
});
