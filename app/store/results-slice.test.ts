import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MOST_PHOTOS, MOST_RESULTS } from './results-slice';
import { bitmap, file, settled, withResult } from './testing';

beforeEach(() => vi.stubGlobal('createImageBitmap', async () => bitmap()));
afterEach(() => vi.unstubAllGlobals());

describe('earlier results', () => {
  it('of another photo can be left again by the way back', async () => {
    const { get, finish } = await withResult();
    await get().open('photo', file('other.jpg'));
    await finish();
    get().choose('klimt');
    await finish();
    await get().returnTo(get().results.at(-1)?.id ?? 0);
    expect(get()).toMatchObject({ photo: { name: 'photo.jpg' }, style: { preset: { id: 'monet' } } });
    get().undo();
    expect(get()).toMatchObject({ photo: { name: 'other.jpg' }, style: { preset: { id: 'klimt' } } });
  });

  it('are of what was set when they were asked for', async () => {
    const { get, calls, finished } = await withResult();
    get().set({ strength: 0.4 });
    calls.at(-1)?.answer(finished());
    get().addRegion(); // while it comes: nothing painted, and nothing made
    await settled();
    await get().rememberResult();
    expect(get().results[0]?.setup).toMatchObject({ settings: { strength: 0.4 }, regions: [] });
    get().set({ strength: 0.1 });
    get().cancel();
    expect(JSON.parse((await get().recordNow()) ?? '').setup.settings.strength).toBe(0.4); // the picture's on screen
  });

  it('bring back how they were made, which can be undone', async () => {
    const { get, finish } = await withResult();
    get().set({ strength: 0.4 });
    await finish();
    await get().returnTo(get().results[1]?.id ?? 0);
    expect(get().settings.strength).toBe(1);
    get().undo();
    expect(get().settings.strength).toBe(0.4);
  });

  it('stay when another photo is opened, and bring theirs back', async () => {
    const { get, finish, calls } = await withResult();
    get().choose('klimt');
    await finish();
    await get().open('photo', file('other.jpg'));
    get().choose('monet');
    await finish();
    expect(get().results.map(({ photo }) => photo.name)).toEqual(['other.jpg', 'photo.jpg', 'photo.jpg']);
    await get().returnTo(get().results[1]?.id ?? 0);
    expect(get().photo?.name).toBe('photo.jpg');
    expect(get().style).toMatchObject({ kind: 'preset', preset: { id: 'klimt' } });
    expect(get().canUndo).toBe(false);
    await settled();
    expect(calls.at(-1)?.request.content).toBe(get().photo?.id);
  });

  it('are not doubled when their photo is opened again', async () => {
    const { get, finish } = await withResult();
    await get().open('photo', file('other.jpg'));
    await finish();
    await get().returnTo(get().results[1]?.id ?? 0);
    await finish();
    expect(get().results).toHaveLength(2);
  });

  it('keep the masks they were made with', async () => {
    const { get, finish, forget } = await withResult();
    get().paint(true);
    await get().setMask(get().regions[0]?.id ?? 0, new Blob(['mask']));
    const mask = get().regions[0]?.mask?.picture;
    await finish();
    await get().open('photo', file('other.jpg'));
    expect(forget).not.toHaveBeenCalledWith(mask);
    await get().returnTo(get().results[0]?.id ?? 0);
    expect(get().regions[0]?.mask?.picture).toBe(mask);
  });

  it('are so many, of so many photos, and their thumbnails are let go', async () => {
    const { get, finish } = await withResult();
    const first = get().results[0]?.thumbnail;
    for (let k = 1; k <= MOST_RESULTS; k++) {
      get().set({ strength: k / 100 });
      await finish();
    }
    expect(get().results).toHaveLength(MOST_RESULTS);
    expect(first?.close).toHaveBeenCalled();
    for (let k = 0; k < MOST_PHOTOS; k++) {
      await get().open('photo', file(`${k}.jpg`));
      await finish();
    }
    expect(new Set(get().results.map(({ photo }) => photo.name)).size).toBe(MOST_PHOTOS);
    expect(get().results).toHaveLength(MOST_PHOTOS);
  });

  it('go with a picture of one’s own that was their style', async () => {
    const { get, finish } = await withResult();
    await get().open('style', file('mine.jpg'));
    await finish();
    expect(get().results).toHaveLength(2);
    get().recentStyles.forEach(({ id }) => get().forgetRecent(id));
    expect(get().results).toHaveLength(2); // the way back is offered
    get().lapse();
    expect(get().results).toHaveLength(1);
  });
});
