import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PictureId } from '../../src/pipeline/request';
import { namesShown } from './regions-slice';
import { bitmap, file, puppet, PRESETS, settled, withResult } from './testing';
import { OFFERED_MS } from './way-back-slice';

beforeEach(() => vi.stubGlobal('createImageBitmap', async () => bitmap()));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A photo with a finished picture, and what lives: names on the worker's side, bitmaps on the page's. */
async function studio() {
  const results: ReturnType<typeof bitmap>[] = [];
  const made = await withResult(() => {
    const image = bitmap();
    results.push(image);
    return image;
  });
  /** Names of the pictures that were opened and not forgotten; results not closed. */
  async function living() {
    const opened = await Promise.all(made.keep.mock.results.map(({ value }) => value));
    const ids = opened.map((kept, k) => [kept.ok ? kept.picture : 0, made.keep.mock.calls[k]?.[1]] as const);
    const forgotten = made.forget.mock.calls.map(([id]) => id);
    return {
      pictures: ids.filter(([id]) => !forgotten.includes(id)).map(([, name]) => name),
      results: results.filter(({ close }) => close.mock.calls.length === 0).length,
    };
  }
  return { ...made, living };
}

describe('a photo that went', () => {
  it.each(['replaced', 'cleared'] as const)('comes back with all that was made of it: %s', async (after) => {
    const { get, finish, paintOne, living, calls } = await studio();
    get().set({ strength: 0.4 });
    await paintOne();
    const { photo, regions, result, settings } = get();
    if (after === 'replaced') {
      await get().open('photo', file('other.jpg'));
      await finish();
    } else get().clearPhoto();
    expect(get()).toMatchObject({ regions: [], wayBack: { after, name: 'photo.jpg' } });
    const asked = calls.length;
    get().goBack();
    expect(get()).toMatchObject({ photo, regions, result, settings, wayBack: null, canUndo: true });
    expect(get().run.status).toBe('finished');
    await settled();
    expect(calls).toHaveLength(asked); // it is there already
    expect(await living()).toEqual({ pictures: ['photo.jpg', 'mask.png'], results: 1 });
    get().undo();
    expect(get().regions[0]?.mask).toBeNull();
  });

  it('makes room for the next one, which stays alive', async () => {
    const { get, finish, living } = await studio();
    await get().open('photo', file('second.jpg'));
    await get().open('photo', file('third.jpg')); // the offer of the first ends here
    await finish();
    expect(get()).toMatchObject({ photo: { name: 'third.jpg' }, run: { status: 'finished' } });
    expect((await living()).pictures).toEqual(['second.jpg', 'third.jpg']);
  });

  it('comes back by undo, too', async () => {
    const { get, finish } = await studio();
    await get().open('photo', file('other.jpg'));
    await finish();
    get().undo();
    expect(get().photo?.name).toBe('photo.jpg');
  });

  it('is let go at the next change, which can be undone', async () => {
    const { get, finish, paintOne, living } = await studio();
    await paintOne();
    await get().open('photo', file('other.jpg'));
    await finish();
    expect(await living()).toEqual({ pictures: ['photo.jpg', 'mask.png', 'other.jpg'], results: 2 });
    get().set({ strength: 0.4 });
    await finish();
    expect(get().wayBack).toBeNull();
    expect(await living()).toEqual({ pictures: ['mask.png', 'other.jpg'], results: 1 }); // an earlier result has the mask
    get().undo();
    expect(get().settings.strength).toBe(1);
  });

  it('is let go after a while', async () => {
    const { get, living } = await studio();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    get().clearPhoto();
    vi.advanceTimersByTime(OFFERED_MS - 1);
    expect(get().wayBack).not.toBeNull();
    vi.advanceTimersByTime(1);
    expect(get().wayBack).toBeNull();
    expect(await living()).toEqual({ pictures: [], results: 0 });
  });

  it('is let go when the next one goes: one way back at a time', async () => {
    const { get, living } = await studio();
    await get().open('photo', file('b.jpg'));
    await get().open('photo', file('c.jpg'));
    get().goBack();
    expect(get().photo?.name).toBe('b.jpg');
    expect((await living()).pictures).toEqual(['b.jpg']);
  });

  it('comes back from a swap, with the styles there were', async () => {
    const { get, finish } = await studio();
    await get().open('style', file('style.jpg'));
    await finish();
    get().swap();
    get().goBack();
    expect(get().photo?.name).toBe('photo.jpg');
    expect(get().recentStyles.map(({ name }) => name)).toEqual(['style.jpg']);
  });

  it('is still offered when a style comes that was dropped with the new one, and the style stays', async () => {
    const { get, paintOne, keep, keepLate, finish } = await studio();
    await paintOne();
    const { photo, regions } = get();
    const size = { width: 1, height: 1 };
    keep.mockResolvedValueOnce({ ok: true, picture: 98 as PictureId, size, preview: bitmap() });
    const answer = keepLate();
    const opened = get().open('photo', file('other.jpg'));
    const style = get().open('style', file('style.jpg'));
    await opened;
    answer();
    await style;
    await finish();
    expect(namesShown(get())).toEqual(['style.jpg']);
    expect(get().wayBack).toMatchObject({ after: 'replaced', name: 'photo.jpg' });
    get().goBack();
    expect(get()).toMatchObject({ photo, regions });
    expect(get().recentStyles.map(({ name }) => name)).toEqual(['style.jpg']);
  });

  it('is not missed when it is a sample without anything painted', async () => {
    const { store } = puppet();
    const get = store.getState;
    get().offerPresets(PRESETS);
    await get().open('photo', { ...file('valley'), sample: true });
    await get().open('photo', file('mine.jpg'));
    expect(get().wayBack).toBeNull();
  });
});

describe('an own style that was removed', () => {
  it('comes back in its place, chosen, with its results and the steps of undo', async () => {
    const { get, finish, living } = await studio();
    for (const name of ['a.jpg', 'b.jpg']) {
      await get().open('style', file(name));
      await finish();
    }
    const { recentStyles, style, results } = get();
    get().forgetRecent(recentStyles[0]?.id ?? expect.fail('no style'));
    await finish();
    expect(get().style).toMatchObject({ preset: { id: 'monet' } });
    get().goBack();
    expect(get()).toMatchObject({ recentStyles, style, canUndo: true });
    expect(get().results.length).toBeGreaterThanOrEqual(results.length);
    get().undo();
    expect(namesShown(get())).toEqual(['a.jpg']);
    expect((await living()).pictures).toEqual(['photo.jpg', 'a.jpg', 'b.jpg']);
  });

  it('is let go afterwards; steps without it stay', async () => {
    const { get, finish, living } = await studio();
    get().set({ strength: 0.4 });
    await get().open('style', file('a.jpg'));
    await finish();
    get().forgetRecent(get().recentStyles[0]?.id ?? expect.fail('no style'));
    await finish();
    get().lapse();
    expect((await living()).pictures).toEqual(['photo.jpg']);
    while (get().canUndo) {
      get().undo();
      expect(namesShown(get())).not.toContain('a.jpg');
    }
    expect(get().settings.strength).toBe(1);
  });

  it('leaves the regions that had it, with the style that is chosen then', async () => {
    const { get, paintOne } = await studio();
    await paintOne();
    await get().open('style', file('a.jpg'));
    expect(namesShown(get())).toEqual(['a.jpg']);
    get().forgetRecent(get().recentStyles[0]?.id ?? expect.fail('no style'));
    expect(namesShown(get())).toEqual(['Claude Monet']);
    get().goBack();
    expect(namesShown(get())).toEqual(['a.jpg']);
  });
});

it('what a set-up lacked is no longer told once another style is chosen', async () => {
  const { get, store } = await studio();
  store.setState({ notice: { code: 'missing', names: ['style.jpg'] } });
  get().pickStyle('klimt');
  expect(get().notice).toBeNull();
  store.setState({ notice: { code: 'scaled', name: 'photo.jpg', megapixels: 30 } });
  get().pickStyle('monet');
  expect(get().notice?.code).toBe('scaled'); // of the photo
});
