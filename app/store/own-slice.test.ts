import { describe, expect, it, vi } from 'vitest';
import type { PictureId } from '../../src/pipeline/request';
import type { StyleData } from '../../src/pipeline/style-schema';
import { mixOf } from './mix-slice';
import { RECENT_STYLES } from './recent';
import { styleName } from './style';
import { bitmap, file, withPictures, withResult } from './testing';

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

it('chosen again it is the one that is there, with the steps and results that it has', async () => {
  const { store } = await withPictures();
  const get = store.getState;
  await get().open('style', file('fire.png'));
  const { style } = get();
  get().clearUndo();
  get().set({ strength: 0.4 });
  await get().open('style', file('ice.png'));
  await get().open('style', file('fire.png'));
  expect(get().style?.picture).toBe(style?.picture);
  expect(get().recentStyles.map(({ name }) => name)).toEqual(['fire.png', 'ice.png']);
  for (let k = 0; k < 3; k++) get().undo();
  expect(get()).toMatchObject({ settings: { strength: 1 }, canUndo: false });
});

it('another file of that name and length is another style', async () => {
  const { store } = await withPictures();
  const made = (letter: string) => ({ name: 'scan.bmp', blob: async () => new Blob([letter]) });
  const one = await store.getState().offerOwn(made('a'));
  const other = await store.getState().offerOwn(made('b'));
  expect(store.getState().recentStyles.map(({ id }) => String(id))).toEqual([other, one]);
  await store.getState().offerRecent([made('b'), made('c')]);
  expect(store.getState().recentStyles).toHaveLength(3);
});

it('undo after one was removed never leads to no style at all', async () => {
  const { store } = await withPictures();
  const get = store.getState;
  await get().open('style', file('fire.png'));
  get().clearUndo();
  get().forgetRecent(get().style?.picture ?? (0 as PictureId));
  get().lapse();
  while (get().canUndo) {
    get().undo();
    expect(get().style).not.toBeNull();
  }
});

it('removed, it says which results go with it', async () => {
  vi.stubGlobal('createImageBitmap', async () => bitmap());
  const { get, finish } = await withResult();
  await get().open('style', file('fire.png'));
  await finish();
  get().forgetRecent(get().style?.picture ?? (0 as PictureId));
  expect(get().wayBack?.name).toBe('fire.png and its result');
  vi.unstubAllGlobals();
});

describe('a style from a file', () => {
  const data = { name: 'fire' } as StyleData; // the store only hands it on
  async function painted() {
    const made = await withPictures();
    const get = made.store.getState;
    const style = get().takeData(data);
    get().paint(true);
    await get().setMask(get().painting ?? 0, new Blob(['mask']));
    get().styleRegion(get().painting ?? 0, String(style.picture));
    return { ...made, get, style };
  }

  it('that is removed leaves the regions, too, and the way back is offered', async () => {
    const { get, style, forget } = await painted();
    get().forgetData(style.picture);
    expect(get().loadedStyles).toEqual([]);
    expect(get().regions[0]?.styles.map((one) => styleName(one.style))).toEqual(['Claude Monet']);
    expect(forget).not.toHaveBeenCalledWith(style.picture);
    get().goBack();
    expect(get().loadedStyles).toEqual([style]);
    expect(get().regions[0]?.styles[0]?.style).toEqual(style);
  });

  it('is let go of when the offer lapses, with the steps that lead to it and no others', async () => {
    const { get, style, forget } = await painted();
    get().clearUndo();
    get().set({ strength: 0.4 });
    get().set({ strength: 0.3 });
    get().forgetData(style.picture);
    get().set({ strength: 0.2 }); // ends the offer
    expect(forget).toHaveBeenCalledWith(style.picture);
    get().undo();
    expect(get().settings.strength).toBe(0.3);
  });
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
