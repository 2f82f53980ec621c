import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { restore } from './session';
import { PRESETS, puppet } from './store/testing';
import { tracked } from './store/undo-slice';

beforeEach(() => vi.stubGlobal('location', { hash: '', pathname: '/', search: '' }));
afterEach(() => vi.unstubAllGlobals());

/** A visit that begins with this photo, and what the last one set. */
async function visit(name: string) {
  const { store } = puppet();
  const photo = { name, blob: new Blob([name]) };
  store.getState().offerPresets(PRESETS);
  await store.getState().open('photo', { name, blob: async () => photo.blob });
  const setup = await store.getState().setupNow();
  const styles = [{ ref: { kind: 'preset' as const, id: 'monet' }, weight: 1 }];
  return { store, photo, setup: { ...setup, regions: [{ styles, mask: null }] } };
}

it('what was painted comes back on its photo', async () => {
  const { store, photo, setup } = await visit('a.jpg');
  await restore(store, { photo, setup }, tracked(store.getState()));
  expect(store.getState().regions).toHaveLength(1);
});

it('what was painted does not come back on a photo that another tab kept', async () => {
  const { setup } = await visit('a.jpg');
  const { store, photo } = await visit('b.jpg');
  await restore(
    store,
    { photo, setup: { ...setup, settings: { ...setup.settings, strength: 0.4 } } },
    tracked(store.getState()),
  );
  expect(store.getState().regions).toEqual([]);
  expect(store.getState().settings.strength).toBe(0.4);
});
