import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { batchFiles, isSaved, MOST_PHOTOS } from './batch';
import { withList } from './batch-testing';
import { bitmap, settled } from './testing';

beforeEach(() => vi.stubGlobal('createImageBitmap', async () => bitmap()));
afterEach(async () => {
  await settled(); // what a list still looks at
  vi.unstubAllGlobals();
});

describe('a list of photos', () => {
  it('can be cleared while one is made', async () => {
    const { get, start, statuses } = await withList('a.jpg', 'b.jpg');
    await start();
    get().clearBatch();
    await settled();
    expect(statuses()).toEqual([]);
    expect(get().batch.running).toBe(false);
    expect(isSaved(get().batch)).toBe(true);
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

  it('can be taken out one by one', async () => {
    const { get, start, answer } = await withList('a.jpg', 'b.jpg');
    await start();
    await answer();
    await answer();
    const [first, second] = get().batch.photos;
    get().takeOut(first?.id ?? 0);
    expect(first?.made?.thumbnail.close).toHaveBeenCalled();
    expect(get().batch.photos).toEqual([second]);
    expect(isSaved(get().batch)).toBe(false);
    get().takeOut(second?.id ?? 0);
    expect(get().batch.photos).toEqual([]);
    expect(isSaved(get().batch)).toBe(true);
  });

  it('are saved only as far as they lie in the file', async () => {
    const { get, start, answer } = await withList('a.jpg', 'b.jpg');
    await start();
    await answer();
    const packed = get().batch.photos.flatMap(({ made }) => (made ? [made.blob] : []));
    await answer(); // while the ZIP is made
    get().batchSaved(packed);
    expect(isSaved(get().batch)).toBe(false);
    get().batchSaved(get().batch.photos.flatMap(({ made }) => (made ? [made.blob] : [])));
    expect(isSaved(get().batch)).toBe(true);
  });

  it('are at most so many; the rest is counted', async () => {
    const { get } = await withList(...Array.from({ length: MOST_PHOTOS + 2 }, (_, k) => `${k}.jpg`));
    expect(get().batch.photos).toHaveLength(MOST_PHOTOS);
    expect(get().batch.leftOut).toBe(2);
  });
});
