import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { savesNext } from '../../store/batch';
import { withList } from '../../store/batch-testing';
import { bitmap, settled } from '../../store/testing';
import { batchCount, photoWords } from './batch-words';

beforeEach(() => vi.stubGlobal('createImageBitmap', async () => bitmap()));
afterEach(async () => {
  await settled(); // what a list still looks at
  vi.unstubAllGlobals();
});

async function twoOneBroken() {
  const made = await withList('a.jpg', 'letter.jpg');
  await made.start();
  await made.answer();
  const failure = { code: 'picture-unreadable', name: 'letter.jpg' } as const;
  const during = batchCount(made.get().batch);
  made.calls.at(-1)?.answer({ ok: false, failure });
  await settled();
  return { ...made, during };
}

describe('the count of a list', () => {
  it('says what failed once no more comes', async () => {
    const { get, during } = await twoOneBroken();
    expect(during).toBe('1 of 2');
    expect(batchCount(get().batch)).toBe('1 done, 1 failed');
  });

  it('is nothing without a list, and of all photos before and when all are done', async () => {
    const { get, start, answer } = await withList('a.jpg', 'b.jpg');
    expect(batchCount({ ...get().batch, photos: [] })).toBe('');
    expect(batchCount(get().batch)).toBe('0 of 2');
    await start();
    await answer();
    await answer();
    expect(batchCount(get().batch)).toBe('2 of 2');
  });
});

it('a photo that is there as the page was set before says with what', async () => {
  const { get, start, answer, calm } = await withList('a.jpg');
  await start();
  await answer();
  get().choose('klimt');
  get().set({ strength: 0.5 });
  await calm();
  const [photo] = get().batch.photos;
  expect(photo && photoWords(photo, false)).toBe('Made with Claude Monet, AdaIN 100\u00a0%');
  expect(photo && photoWords(photo, true)).toBe('');
  const asJpeg = photo?.made && { ...photo.made, blob: new Blob([], { type: 'image/jpeg' }), large: true };
  expect(photo && photoWords({ ...photo, made: asJpeg ?? null }, false)).toBe(
    'Made with Claude Monet, AdaIN 100\u00a0%, JPEG, as large as the photo',
  );
});

it('saving comes before making more while a picture lies in no file', async () => {
  const { get, start, answer, calm } = await withList('a.jpg');
  expect(savesNext(get())).toBe(false);
  await start();
  await answer();
  get().choose('klimt');
  await calm();
  expect(savesNext(get())).toBe(true);
  get().batchSaved(get().batch.photos.flatMap(({ made }) => (made ? [made.blob] : [])));
  expect(savesNext(get())).toBe(false);
});
