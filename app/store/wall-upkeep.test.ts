import { expect, it } from 'vitest';
import { withoutOlder } from './panes';
import { settled } from './testing';
import { wall } from './wall-testing';

it('what is saved leaves out pictures and numbers of earlier settings', async () => {
  const { store, pane, finish } = await wall();
  await finish();
  expect(withoutOlder(pane(1))).toEqual(pane(1));
  store.getState().setPane(pane(1).id, { groupSize: 16 });
  store.getState().cancelWall();
  expect(pane(1).picture).not.toBeNull(); // on the page the older one stays
  expect(withoutOlder(pane(1))).toMatchObject({ picture: null, measured: null });
});

it('clearing the photo ends its work and lets its pictures go', async () => {
  const { store, panes, finish, lastCall } = await wall();
  await finish();
  const images = panes().map(({ picture }) => picture?.image);
  store.getState().choose('klimt');
  await settled();
  store.getState().clearPhoto();
  expect(lastCall().signal.aborted).toBe(true);
  expect(panes().map(({ run }) => run.status)).toEqual(Array(5).fill('idle'));
  for (const image of images) expect(image?.close).toHaveBeenCalled();
});

it('panes that failed are made again when the engine is started anew', async () => {
  const { store, lastCall, pane, finish } = await wall();
  lastCall().answer({ ok: false, failure: { code: 'bug', message: 'broke' } });
  await settled();
  expect(pane(0).run.status).toBe('failed');
  store.getState().startEngine('wasm');
  await finish();
  expect(pane(0).run.status).toBe('finished');
});
