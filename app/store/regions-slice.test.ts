import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { namesShown, showsBarePhoto, takesStyles } from './regions-slice';
import { pictureName } from './save-slice';
import { bitmap, file, settled, withResult } from './testing';

beforeEach(() => vi.stubGlobal('createImageBitmap', async () => bitmap()));
afterEach(() => vi.unstubAllGlobals());

async function studio() {
  const made = await withResult();
  made.get().clearUndo();
  return made;
}

describe('a style picked in the strip, after painting', () => {
  it('is for the only region of a photo that is else untouched', async () => {
    const { get, calls, paintOne } = await studio();
    await paintOne();
    get().pickStyle('klimt');
    await settled();
    expect(calls.at(-1)?.request.regions?.[0]?.styles).toEqual([
      { picture: get().styleNamed('klimt')?.picture, weight: 1 },
    ]);
    expect(get().style).toMatchObject({ preset: { id: 'monet' } });
    get().undo();
    expect(namesShown(get())).toEqual(['Claude Monet']);
  });

  it('is for the rest where that has a style, or where there are two regions, or in Compare', async () => {
    const { get, paintOne } = await studio();
    await paintOne();
    get().compare(true);
    expect(takesStyles(get())).toBeNull();
    get().compare(false);
    expect(takesStyles(get())).not.toBeNull();
    get().setUnpainted('styles');
    expect(takesStyles(get())).toBeNull();
    get().setUnpainted('photo');
    get().addRegion();
    await get().setMask(get().painting ?? 0, new Blob(['2']));
    get().paint(false);
    expect(takesStyles(get())).toBeNull();
  });

  it('is for the region too when it is a picture that was just opened', async () => {
    const { get, paintOne } = await studio();
    await paintOne();
    await get().open('style', file('mine.jpg'));
    expect(namesShown(get())).toEqual(['mine.jpg']);
  });

  it('brings AdaIN back where CIN does not know it', async () => {
    const { get, paintOne } = await studio();
    await paintOne();
    get().set({ norm: 'cin' });
    get().pickStyle('klimt');
    expect(get().settings.norm).toBe('adain');
  });
});

it('a file is named by the styles that are in the picture', async () => {
  const { get, paintOne, finish } = await studio();
  await paintOne();
  get().choose('klimt'); // of the rest, which shows the photo
  await finish();
  expect(pictureName(get(), 'png')).toBe('photo-claude-monet.png');
  get().setUnpainted('styles');
  expect(pictureName(get(), 'png')).toBe('photo-claude-monet.png'); // the other picture is not there yet
  await finish();
  expect(pictureName(get(), 'png')).toBe('photo-gustav-klimt-claude-monet.png');
});

describe('painting', () => {
  it('shows the bare photo until something painted is in the picture', async () => {
    const { get, finish } = await studio();
    get().paint(true);
    expect(showsBarePhoto(get())).toBe(true);
    await get().setMask(get().painting ?? 0, new Blob(['mask']));
    await finish();
    expect(showsBarePhoto(get())).toBe(false);
    get().undo();
    await finish();
    expect(showsBarePhoto(get())).toBe(true);
    get().paint(false);
    expect(showsBarePhoto(get())).toBe(false);
  });

  it('ends when its region is undone', async () => {
    const { get } = await studio();
    get().paint(true);
    get().undo();
    expect([get().regions, get().painting]).toEqual([[], null]);
  });

  it('goes on in a region that is left, when another is undone or removed', async () => {
    const { get } = await studio();
    get().paint(true);
    const first = get().painting;
    get().addRegion();
    get().undo();
    expect(get().painting).toBe(first);
    get().redo();
    get().selectRegion(get().regions[1]?.id ?? 0);
    get().dropRegion(get().painting ?? 0);
    expect(get().painting).toBe(first);
    get().change({ regions: [] }, false);
    expect(get().painting).toBeNull();
  });
});
