import { afterEach, describe, expect, it, vi } from 'vitest';
import { bitmap, settled, withPictures } from './testing';

afterEach(() => vi.unstubAllGlobals());

/** A photo whose first picture is finished, and painting begun in a region of the second preset. */
async function painting() {
  const made = await withPictures();
  const { calls, finished, store } = made;
  while (store.getState().run.status !== 'finished') {
    calls.at(-1)?.answer(finished()); // a draft, then the whole
    await settled();
  }
  const before = calls.length;
  vi.stubGlobal('createImageBitmap', async () => bitmap());
  store.getState().paint(true);
  const [region] = store.getState().regions;
  if (!region) throw new Error('painting begins with a region');
  await settled();
  return { ...made, get: store.getState, id: region.id, before };
}

describe('ink', () => {
  it('is what is on screen, when the region has the styles that made it', async () => {
    const { get, calls, before } = await painting();
    expect(get().ink).not.toBeNull();
    expect(calls.length).toBe(before); // nothing was made for it
  });

  it('is made anew for other styles, of the whole picture', async () => {
    const { get, calls, id, finished } = await painting();
    get().styleRegion(id, 'klimt');
    await settled();
    calls.at(-1)?.answer(finished());
    await settled();
    const asked = calls.at(-1)?.request;
    expect(asked?.regions).toBeUndefined();
    expect(asked?.styles).toEqual([{ picture: get().regions[0]?.styles[0]?.style.picture, weight: 1 }]);
  });

  it('waits for the picture itself, and stops for it', async () => {
    const { get, calls, id, finished } = await painting();
    get().styleRegion(id, 'klimt'); // the picture is made first
    calls.at(-1)?.answer(finished());
    await settled();
    const ink = calls.at(-1);
    await get().setMask(id, new Blob(['mask']));
    expect(ink?.signal.aborted).toBe(true);
    expect(calls.at(-1)?.request.regions).toHaveLength(1);
  });

  it('goes when painting ends', async () => {
    const { get } = await painting();
    const image = get().ink?.image;
    get().paint(false);
    expect(get().ink).toBeNull();
    expect(image?.close).toHaveBeenCalled();
  });
});
