import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Saved, Stylist } from '../../src/pipeline/client';
import { fileName, pictureName, sizeOfLarge } from './save-slice';
import { bitmap, PRESETS, settled, withResult } from './testing';

beforeEach(() => vi.stubGlobal('createImageBitmap', async () => bitmap(400, 300)));
afterEach(() => vi.unstubAllGlobals());

/** A finished picture of 400 x 300 px, of a photo of 800 x 600. */
const finished = () => withResult(() => bitmap(400, 300));

/** A stylist whose files are never ready, but can be stopped. */
const slowly: Stylist['save'] = (_image, _as, large) =>
  new Promise<Saved>((resolve) => {
    large?.onProgress('decoding', 0.5);
    large?.signal.addEventListener('abort', () => resolve({ ok: false, failure: { code: 'cancelled' } }));
  });

it('two paintings of one painter give files of two names', async () => {
  const { get, finish, store } = await finished();
  const [monet] = PRESETS;
  if (!monet) throw new Error('there is one');
  store.setState({ presets: [...PRESETS, { ...monet, id: 'poplars', title: 'Poplars' }] });
  expect(pictureName(get(), 'png')).toBe('photo-claude-monet-water-lilies.png');
  get().choose('poplars');
  await finish();
  expect(pictureName(get(), 'png')).toBe('photo-claude-monet-poplars.png');
  get().choose('klimt');
  await finish();
  expect(pictureName(get(), 'png')).toBe('photo-gustav-klimt.png');
});

describe('a file as large as the photo', () => {
  it('is asked for with the photo and what the request gives back of its detail', async () => {
    const { get, save } = await finished();
    expect(sizeOfLarge(get())).toEqual({ width: 800, height: 600 });
    await get().fileOf('image/png');
    expect(save.mock.lastCall?.[2]).toBeUndefined(); // nobody asked for it
    await get().fileOf('image/png', true);
    expect(save.mock.lastCall?.[2]).toMatchObject({ photo: get().photo?.id, grain: 0.75 });
  });

  it('is not offered where the picture on screen is as large', async () => {
    const { get, store, save } = await finished();
    const { result } = get();
    if (!result) throw new Error('no result');
    store.setState({ result: { ...result, image: bitmap(800, 600) } });
    expect(sizeOfLarge(get())).toBeNull();
    await get().fileOf('image/png', true);
    expect(save.mock.lastCall?.[2]).toBeUndefined();
  });

  it('tells how far it is and can be stopped; a newer one takes its place', async () => {
    const { get, save } = await finished();
    save.mockImplementation(slowly);
    const first = get().fileOf('image/png', true);
    await settled();
    expect(get().enlarging).toBe(0.5);
    const second = get().fileOf('image/jpeg', true);
    expect(await first).toMatchObject({ ok: false });
    expect(get().enlarging).not.toBeNull();
    get().stopEnlarging();
    expect(await second).toMatchObject({ ok: false });
    expect(get().enlarging).toBeNull();
  });
});

describe('names of files', () => {
  it.each([
    ['boats.jpg', 'Katsushika Hokusai', 'png', 'boats-katsushika-hokusai.png'],
    ['Été à Paris (2).JPEG', 'fire.png', 'jpg', 'ete-a-paris-2-fire.jpg'],
    ['t48.png', 'J. E. H. MacDonald', 'png', 't48-j-e-h-macdonald.png'],
    ['', '', 'png', 'picture.png'],
  ])('%j and %j', (photo, style, ending, name) => {
    expect(fileName(photo, style, ending)).toBe(name);
  });
});
