import { expect, it } from 'vitest';
import { mixOf } from './mix-slice';
import { RECENT_STYLES } from './recent';
import { styleName } from './style';
import { file, withPictures } from './testing';

it('a picture of one’s own is offered first, and is not the chosen style for that', async () => {
  const { store } = await withPictures();
  const value = await store.getState().offerOwn(file('fire.png'));
  expect(store.getState().recentStyles.map(({ id, name }) => [String(id), name])).toEqual([
    [value, 'fire.png'],
  ]);
  expect(styleName(store.getState().style)).toBe('Claude Monet');
  store.getState().blendIn(value ?? '');
  expect(mixOf(store.getState()).map(({ style }) => styleName(style))).toEqual(['Claude Monet', 'fire.png']);
});

it('the same picture again is the one that is there', async () => {
  const { store, keep } = await withPictures();
  const first = await store.getState().offerOwn(file('fire.png'));
  const calls = keep.mock.calls.length;
  expect(await store.getState().offerOwn(file('fire.png'))).toBe(first);
  expect(keep).toHaveBeenCalledTimes(calls);
});

it('one that cannot be opened is told, and the page is as before', async () => {
  const { store, keep } = await withPictures();
  const failure = { code: 'picture-unreadable', name: 'letter.jpg' } as const;
  keep.mockResolvedValueOnce({ ok: false, failure } as never); // the puppet keeps everything by its type
  expect(await store.getState().offerOwn(file('letter.jpg'))).toBeNull();
  expect(store.getState()).toMatchObject({
    opening: null,
    notice: { code: 'failed', failure },
    recentStyles: [],
  });
});

it('makes room by the oldest that no blend needs', async () => {
  const { store } = await withPictures();
  const { offerOwn, choose } = store.getState();
  choose((await offerOwn(file('0.png'))) ?? '');
  for (let k = 1; k < RECENT_STYLES; k++) await offerOwn(file(`${k}.png`));
  await offerOwn(file('one-more.png'));
  const names = store.getState().recentStyles.map(({ name }) => name);
  expect(names).toHaveLength(RECENT_STYLES);
  expect(names[0]).toBe('one-more.png');
  expect(names).toContain('0.png');
  expect(names).not.toContain('1.png');
  expect(styleName(store.getState().style)).toBe('0.png');
});
