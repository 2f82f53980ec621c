import { expect, it, vi } from 'vitest';
import type { PictureId } from '../../src/pipeline/request';
import { RECENT_STYLES } from './recent';
import { bitmap, file, puppet, settled, withPictures, LATE } from './testing';

it('photo and style together begin a run, in whatever order they come', async () => {
  const { calls } = await withPictures();
  expect(calls).toHaveLength(1);
});

it('an unreadable picture leaves the photo that was there', async () => {
  const { store, keep } = await withPictures();
  const { photo } = store.getState();
  const failure = { code: 'picture-unreadable', name: 'letter.jpg' } as const;
  keep.mockResolvedValueOnce({ ok: false, failure });
  await store.getState().open('photo', file('letter.jpg'));
  expect(store.getState()).toMatchObject({ photo, opening: null, notice: { code: 'failed', failure } });
});

it('of two photos opened at once the newer wins, and the older is let go', async () => {
  const { store, keepLate, forget } = puppet();
  const answer = keepLate();
  const slow = store.getState().open('photo', file('slow.jpg'));
  await settled();
  await store.getState().open('photo', file('quick.jpg'));
  const preview = bitmap();
  answer(preview);
  await slow;
  expect(store.getState().photo?.name).toBe('quick.jpg');
  expect(forget).toHaveBeenCalledWith(LATE);
  expect(preview.close).toHaveBeenCalledOnce();
});

it('recent styles are kept, up to a number; the oldest is let go', async () => {
  const { store, forget } = await withPictures();
  for (let i = 0; i <= RECENT_STYLES; i++) await store.getState().open('style', file(`${i}.jpg`));
  expect(store.getState().recentStyles).toHaveLength(RECENT_STYLES);
  expect(store.getState().recentStyles[0]?.name).toBe(`${RECENT_STYLES}.jpg`);
  expect(forget).toHaveBeenCalledOnce();
});

it('a style that is opened again moves to the front, once', async () => {
  const { store, forget } = await withPictures();
  for (const name of ['a.jpg', 'b.jpg', 'a.jpg']) await store.getState().open('style', file(name));
  expect(store.getState().recentStyles.map(({ name }) => name)).toEqual(['a.jpg', 'b.jpg']);
  expect(forget).toHaveBeenCalledOnce(); // the second copy
});

it('of two styles opened at once the newer is chosen, and the older is among the own ones', async () => {
  const { store, keepLate, forget } = puppet();
  const answer = keepLate();
  const slow = store.getState().open('style', file('slow.jpg'));
  await settled();
  await store.getState().open('style', file('quick.jpg'));
  answer();
  await slow;
  const { style, recentStyles } = store.getState();
  expect(style?.kind === 'own' && style.own.name).toBe('quick.jpg');
  expect(recentStyles.map(({ name }) => name)).toEqual(['slow.jpg', 'quick.jpg']);
  expect(forget).not.toHaveBeenCalled();
});

it('a painter chosen while a style is being opened stays; the style is among the own ones', async () => {
  const { store, keepLate } = await withPictures();
  const answer = keepLate();
  const slow = store.getState().open('style', file('slow.jpg'));
  await settled();
  store.getState().pickStyle('klimt');
  expect(store.getState().opening).toBeNull();
  answer();
  await slow;
  const { style, recentStyles } = store.getState();
  expect(style?.kind === 'preset' && style.preset.id).toBe('klimt');
  expect(recentStyles.map(({ name }) => name)).toEqual(['slow.jpg']);
});

it('a file that can no longer be read is told, and keeps nothing else from being offered', async () => {
  const { store, keep } = await withPictures();
  const gone = new Blob(['gone']);
  vi.spyOn(gone, 'arrayBuffer').mockRejectedValue(new DOMException('gone', 'NotReadableError'));
  const bad = { name: 'gone.jpg', blob: async () => gone };
  const failure = { code: 'picture-unreadable', name: 'gone.jpg' } as const;
  keep.mockResolvedValueOnce({ ok: false, failure } as never); // the puppet keeps everything by its type
  await store.getState().open('photo', bad);
  expect(store.getState()).toMatchObject({ opening: null, notice: { code: 'failed', failure } });
  keep.mockResolvedValueOnce({ ok: false, failure } as never);
  await store.getState().offerRecent([bad, file('good.jpg')]);
  expect(store.getState().recentStyles.map(({ name }) => name)).toEqual(['good.jpg']);
});

it('a style that is opened while the last visit brings it back is there once', async () => {
  const { store } = await withPictures();
  const { open, offerRecent, offerOwn } = store.getState();
  await Promise.all([
    offerRecent([file('a.jpg'), file('b.jpg')]),
    open('style', file('a.jpg')),
    offerOwn(file('b.jpg')),
  ]);
  expect(
    store
      .getState()
      .recentStyles.map(({ name }) => name)
      .sort(),
  ).toEqual(['a.jpg', 'b.jpg']);
  await Promise.all([open('style', file('c.jpg')), offerRecent([file('c.jpg')])]);
  expect(store.getState().recentStyles).toHaveLength(3);
});

it('styles of the last visit are offered, not chosen', async () => {
  const { store } = await withPictures();
  await store.getState().offerRecent([file('a.jpg'), file('b.jpg')]);
  expect(store.getState().recentStyles.map(({ name }) => name)).toEqual(['a.jpg', 'b.jpg']);
  expect(store.getState().style?.kind).toBe('preset');
});

it('a style of the last visit that was opened meanwhile is offered once, and its second picture let go', async () => {
  const { store, forget } = await withPictures();
  await store.getState().open('style', file('a.jpg'));
  await store.getState().offerRecent([file('a.jpg'), file('b.jpg')]);
  const { recentStyles, style } = store.getState();
  expect(recentStyles.map(({ name }) => name)).toEqual(['a.jpg', 'b.jpg']);
  expect(style?.picture).toBe(recentStyles[0]?.id);
  expect(forget).toHaveBeenCalledOnce();
  expect(forget).not.toHaveBeenCalledWith(recentStyles[0]?.id);
});

it('photo and own style swap; a preset cannot', async () => {
  const { store } = await withPictures();
  store.getState().swap();
  expect(store.getState().photo?.name).toBe('photo.jpg');
  await store.getState().open('style', file('style.jpg'));
  store.getState().swap();
  const { photo, style } = store.getState();
  expect([photo?.name, style?.kind === 'own' && style.own.name]).toEqual(['style.jpg', 'photo.jpg']);
});

it('a swapped picture is not let go while the other slot shows it', async () => {
  const { store, forget } = await withPictures();
  await store.getState().open('style', file('style.jpg'));
  store.getState().swap();
  store.getState().clearPhoto();
  const { recentStyles } = store.getState();
  for (const { id } of recentStyles) expect(forget).not.toHaveBeenCalledWith(id);
});

it('a style that CIN does not know brings AdaIN back; one that it knows leaves CIN', async () => {
  const { store } = await withPictures();
  const norm = () => store.getState().settings.norm;
  store.getState().set({ norm: 'cin' });
  store.getState().choose('monet');
  expect(norm()).toBe('cin');
  store.getState().choose('klimt');
  expect(norm()).toBe('adain');
  store.getState().choose('monet');
  store.getState().set({ norm: 'cin' });
  await store.getState().open('style', file('style.jpg'));
  expect(norm()).toBe('adain');
  store.getState().set({ norm: 'wct' });
  await store.getState().open('style', file('other.jpg'));
  expect(norm()).toBe('wct');
});

it('a preset is told to the worker once', async () => {
  const { store } = await withPictures();
  const first = store.getState().style?.picture;
  store.getState().choose('klimt');
  store.getState().choose('monet');
  expect(store.getState().style?.picture).toBe(first);
});

it('a photo of 30 megapixels brings a note', async () => {
  const { store, keep } = puppet();
  keep.mockResolvedValueOnce({
    ok: true,
    picture: 1 as PictureId,
    size: { width: 6000, height: 5000 },
    preview: bitmap(),
  });
  await store.getState().open('photo', file('large.jpg'));
  expect(store.getState().notice).toEqual({ code: 'scaled', name: 'large.jpg', megapixels: 30 });
});

it('a photo that cannot be opened stays told when the style dropped with it comes', async () => {
  const { store, keep } = await withPictures();
  const failure = { code: 'picture-unreadable', name: 'a.heic' } as const;
  keep.mockResolvedValueOnce({ ok: false, failure } as never); // the puppet keeps everything by its type
  const size = { width: 4032, height: 3024 }; // of a style nothing is told
  keep.mockResolvedValueOnce({ ok: true, picture: 98 as PictureId, size, preview: bitmap() });
  await Promise.all([
    store.getState().open('photo', file('a.heic')),
    store.getState().open('style', file('fire.png')),
  ]);
  expect(store.getState()).toMatchObject({
    notice: { code: 'failed', failure },
    opening: null,
    photo: { name: 'photo.jpg' },
  });
});
