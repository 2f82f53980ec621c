import { describe, expect, it } from 'vitest';
import { mixOf } from './mix-slice';
import { file, PRESETS, settled, withPictures } from './testing';
import { tracked } from './undo-slice';

const weights = (state: Parameters<typeof mixOf>[0]): number[] => mixOf(state).map(({ weight }) => weight);

async function blended() {
  const made = await withPictures();
  made.store.getState().clearUndo();
  made.store.getState().blendIn(PRESETS[1]?.id ?? '');
  return { ...made, get: made.store.getState };
}

describe('a blend', () => {
  it('begins with equal shares, and every style of it is asked for', async () => {
    const { get, calls } = await blended();
    expect(weights(get())).toEqual([0.5, 0.5]);
    await settled();
    expect(calls.at(-1)?.request.styles.map(({ weight }) => weight)).toEqual([0.5, 0.5]);
  });

  it('takes no style twice', async () => {
    const { get } = await blended();
    get().blendIn(PRESETS[1]?.id ?? '');
    expect(get().others.length).toBe(1);
  });

  it('stays whole when a style leaves it, the chosen one too', async () => {
    const { get } = await blended();
    const [first, second] = mixOf(get());
    if (first) get().dropStyle(first.style.picture);
    expect(weights(get())).toEqual([1]);
    expect(get().style).toBe(second?.style);
  });

  it('gives CIN up for a style that CIN does not know', async () => {
    const { store } = await withPictures();
    store.getState().set({ norm: 'cin' });
    store.getState().blendIn('klimt');
    expect(store.getState().settings.norm).toBe('adain');
  });
});

describe('undo', () => {
  it('goes back one change at a time, and forth again', async () => {
    const { get } = await blended();
    get().set({ strength: 0.4 });
    get().undo();
    expect(get().settings.strength).toBe(1);
    get().undo();
    expect(get().others).toEqual([]);
    expect(get().canUndo).toBe(false);
    get().redo();
    get().redo();
    expect([get().settings.strength, get().others.length, get().canRedo]).toEqual([0.4, 1, false]);
  });

  it('sees a drag as one step, from where it began', async () => {
    const { get } = await blended();
    for (const share of [0.6, 0.7, 0.8]) get().weigh(1, share, true);
    get().weigh(1, 0.9, false);
    expect(weights(get())[1]).toBeCloseTo(0.9);
    get().undo();
    expect(weights(get())[1]).toBeCloseTo(0.5);
  });

  it('asks for the picture again', async () => {
    const { get, calls } = await blended();
    get().set({ strength: 0.4 });
    await settled();
    const before = calls.length;
    get().undo();
    await settled();
    expect(calls.length).toBeGreaterThan(before);
    expect(calls.at(-1)?.request.strength).toBe(1);
  });

  it('ends with the photo: nothing of the old one comes back, nor where a drag began', async () => {
    const { get } = await blended();
    get().drag({ strength: 0.7 });
    const { regions } = get();
    await get().open('photo', file('other.jpg'));
    expect(get().canUndo).toBe(false);
    get().set({ strength: 0.5 });
    get().undo();
    expect(get().regions).not.toBe(regions);
    expect(get().settings.strength).toBe(0.7);
  });

  it('takes no step for a drag that ends where it began, and the picture is made at full size', async () => {
    const { get, calls } = await blended();
    get().clearUndo();
    for (const share of [0.6, 0.5]) get().weigh(1, share, true);
    get().weigh(1, 0.5, false);
    expect(get().canUndo).toBe(false);
    get().drag({ strength: 0.7 });
    get().clearUndo(); // what was left of the last visit has come
    await settled();
    expect(get().run.status).toBe('previewing');
    const asked = calls.length;
    get().set({ strength: 0.7 });
    await settled();
    expect(calls.length).toBeGreaterThan(asked);
    expect(get().run.status).toBe('running');
  });

  it('takes no step for a change that changes nothing, and keeps what can be done again', async () => {
    const { get, calls } = await blended();
    get().set({ strength: 0.4 });
    get().undo();
    await settled();
    const asked = calls.length;
    get().set({ strength: 1 });
    await settled();
    expect(get().canRedo).toBe(true);
    expect(calls.length).toBe(asked);
  });
});

describe('regions', () => {
  it('are asked for once painted, with the styles they have', async () => {
    const { get, calls, store } = await blended();
    get().paint(true);
    const [region] = get().regions;
    if (!region) throw new Error('painting begins with a region');
    get().styleRegion(region.id, 'klimt');
    await settled();
    expect(calls.at(-1)?.request.regions).toBeUndefined(); // nothing painted yet
    await get().setMask(region.id, new Blob(['mask']));
    await settled();
    expect(calls.at(-1)?.request.regions).toEqual([
      { mask: expect.any(Number), styles: [{ picture: expect.any(Number), weight: 1 }] },
    ]);
    expect(calls.at(-1)?.request.unpainted).toBe('photo');
    get().undo();
    expect(store.getState().regions[0]?.mask).toBeNull();
  });

  it('masks that nothing brings back are forgotten by the worker', async () => {
    const { get, forget } = await blended();
    get().paint(true);
    const id = get().regions[0]?.id ?? 0;
    await get().setMask(id, new Blob(['1']));
    const first = get().regions[0]?.mask?.picture;
    await get().setMask(id, new Blob(['2']));
    expect(forget).not.toHaveBeenCalledWith(first); // undo would need it
    get().undo();
    await get().setMask(id, new Blob(['3'])); // the second is out of reach now
    await get().open('photo', file('other.jpg'));
    expect(forget).not.toHaveBeenCalledWith(first); // the way back is offered
    get().lapse();
    expect(forget).toHaveBeenCalledWith(first);
    expect(get().regions).toEqual([]);
  });
});

describe('a set-up', () => {
  it('comes back as it was, from a record', async () => {
    const { get } = await blended();
    get().set({ strength: 0.3, colour: 'only' });
    const setup = await get().setupNow();
    get().set({ strength: 1, colour: 'style' });
    get().choose('klimt');
    await get().applySetup(setup);
    expect(get().settings).toMatchObject({ strength: 0.3, colour: 'only' });
    expect(weights(get())).toEqual([0.5, 0.5]);
  });

  it('brings back the right one of two styles of the same name', async () => {
    const { get } = await blended();
    await get().open('style', { name: 'image.png', blob: async () => new Blob(['one']) });
    const { style } = get();
    await get().open('style', { name: 'image.png', blob: async () => new Blob(['two']) });
    get().choose(String(style?.picture));
    const setup = await get().setupNow();
    get().choose('klimt');
    await get().applySetup(setup);
    expect(get().style?.picture).toBe(style?.picture);
  });

  it('leaves alone what the person changed while it was being read', async () => {
    const { get } = await blended();
    get().set({ strength: 0.3, colour: 'only' });
    const setup = await get().setupNow();
    get().set({ strength: 1, colour: 'style' });
    const start = tracked(get());
    get().set({ strength: 0.7 });
    get().choose('klimt');
    await get().applySetup(setup, start);
    expect(get().settings).toMatchObject({ strength: 0.7, colour: 'only' });
    expect(get().style).toMatchObject({ preset: { id: 'klimt' } });
  });

  it('brings its regions back where none were painted meanwhile, though a photo was opened', async () => {
    const { get } = await blended();
    get().addRegion();
    const setup = await get().setupNow();
    const [region] = setup.regions;
    if (!region) throw new Error('nothing was painted');
    get().startOver();
    const start = tracked(get());
    await get().open('photo', file('again.jpg')); // as when the last visit comes back
    await get().applySetup({ ...setup, regions: [{ ...region, mask: 'data:image/png;base64,AA==' }] }, start);
    expect(get().regions).toMatchObject([{ mask: { picture: expect.anything() as unknown } }]);
  });

  it('falls back from CIN where a style that was chosen meanwhile is none of its presets', async () => {
    const { get } = await blended();
    const setup = await get().setupNow();
    const start = tracked(get());
    await get().open('style', file('mine.jpg'));
    await get().applySetup({ ...setup, settings: { ...setup.settings, norm: 'cin' } }, start);
    expect(get().style?.kind).toBe('own');
    expect(get().settings.norm).toBe('adain');
  });

  it('says which pictures it misses, and keeps the style', async () => {
    const { get } = await blended();
    const setup = await get().setupNow();
    await get().applySetup({ ...setup, styles: [{ ref: { kind: 'picture', name: 'mine.jpg' }, weight: 1 }] });
    expect(get().notice).toEqual({ code: 'missing', names: ['mine.jpg'] });
    expect(get().style?.kind).toBe('preset');
  });
});
