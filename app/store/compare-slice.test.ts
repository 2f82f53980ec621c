import { expect, it, vi } from 'vitest';
import { inOrder, wallProgress, type Pane } from './panes';
import { bitmap, settled, withPictures } from './testing';
import { numbers, wall } from './wall-testing';

vi.mock('react', () => {
  throw new Error('the store must work without React');
});

it('opens with the five norms and makes all pictures, then all numbers, one at a time', async () => {
  const { calls, measures, panes, finish } = await wall();
  expect(panes().map(({ settings }) => settings.norm)).toEqual(['adain', 'wct', 'din', 'cin', 'in']);
  expect(calls).toHaveLength(1);
  await finish();
  expect(calls.map(({ request }) => request.norm.id)).toEqual(['adain', 'wct', 'din', 'cin', 'in']);
  expect(measures.map(({ request }) => request)).toEqual(calls.map(({ request }) => request));
  expect(panes().map(({ run }) => run.status)).toEqual(Array(5).fill('finished'));
  expect(new Set(calls.map(({ request }) => request.content)).size).toBe(1);
});

it('the newer wish stops the older: another style makes every pane anew', async () => {
  const { store, calls, lastCall, panes } = await wall();
  const older = lastCall();
  store.getState().choose('klimt');
  expect(older.signal.aborted).toBe(true);
  await settled();
  expect(lastCall().request.styles).not.toEqual(older.request.styles);
  expect(calls).toHaveLength(2);
  expect(panes().map(({ run }) => run.status)).toEqual(['painting', 'waiting', 'waiting', 'idle', 'waiting']);
});

it('is laid out again as it was, pictures made anew', async () => {
  const { store, panes, pane, finish } = await wall();
  await finish();
  const { setPane, removePane, setOrder, setupNow } = store.getState();
  setPane(pane(1).id, { groupSize: 16, strength: 0.4 });
  removePane(pane(2).id);
  setOrder('content');
  await finish();
  const setup = await setupNow();
  const before = panes();
  store.getState().compare(false);
  store.getState().removePane(pane(0).id);
  await store.getState().applySetup(setup);
  expect(store.getState()).toMatchObject({ comparing: true, order: 'content' });
  expect(panes().map(({ settings }) => settings)).toEqual(before.map(({ settings }) => settings));
  await finish();
  expect(panes().every(({ picture }) => picture !== null)).toBe(true);
});

it('does not travel in the record of one picture', async () => {
  const { store, finish } = await wall();
  await finish();
  store.getState().compare(false);
  await finish();
  expect(JSON.parse((await store.getState().recordNow()) ?? '{}')).not.toHaveProperty('setup.wall');
  expect(await store.getState().setupNow()).toHaveProperty('wall.shown', false);
});

it('CIN waits for a painter it knows', async () => {
  const { store, pane, finish } = await wall();
  store.getState().choose('klimt');
  await settled();
  await finish();
  expect(pane(3)).toMatchObject({ run: { status: 'idle' }, request: null, picture: null });
  store.getState().choose('monet');
  expect(pane(3).run.status).toBe('waiting');
});

it('a change of one pane leaves the work on another', async () => {
  const { store, pane, lastCall } = await wall();
  store.getState().setPane(pane(1).id, { groupSize: 8 });
  expect(lastCall().signal.aborted).toBe(false);
  expect(pane(1).request?.norm).toEqual({ id: 'wct', groupSize: 8 });
});

it('a pane that fails leaves the others, and can be tried again', async () => {
  const { store, lastCall, pane, calls, finish } = await wall();
  const failure = { code: 'bug', message: 'broke' } as const;
  lastCall().answer({ ok: false, failure });
  await settled();
  await finish();
  expect(pane(0).run).toEqual({ status: 'failed', failure });
  expect(pane(4).run.status).toBe('finished');
  const before = calls.length;
  store.getState().resumeWall();
  expect(calls.slice(before).map(({ request }) => request.norm.id)).toEqual(['adain']);
});

it('stop stops all of it; continue makes only what is missing', async () => {
  const { store, calls, lastCall, finished, pane, panes } = await wall();
  lastCall().answer(finished());
  await settled();
  store.getState().cancelWall();
  await settled();
  expect(lastCall().signal.aborted).toBe(true);
  expect(panes().every(({ run }) => run.status === 'stopped')).toBe(true);
  store.getState().resumeWall();
  expect(lastCall().request.norm.id).toBe('wct');
  expect(calls.filter(({ request }) => request.norm.id === 'adain')).toHaveLength(1);
  expect(pane(0).picture).not.toBeNull();
});

it('while a slider is dragged only its pane gets small frames, the newest value next', async () => {
  const { store, calls, lastCall, finished, finish, pane } = await wall();
  await finish();
  calls.length = 0;
  for (const groupSize of [32, 16, 8]) store.getState().dragPane(pane(1).id, { groupSize });
  lastCall().answer(finished());
  await settled();
  expect(calls.map(({ request }) => [request.norm, request.contentSize])).toEqual([
    [{ id: 'wct', groupSize: 32 }, 224],
    [{ id: 'wct', groupSize: 8 }, 224],
  ]);
  lastCall().answer(finished());
  await settled();
  expect(pane(1).picture?.draft).toBe(true);
  store.getState().setPane(pane(1).id, { groupSize: 8 });
  await settled();
  expect(lastCall().request).toMatchObject({ norm: { id: 'wct', groupSize: 8 }, contentSize: 512 });
});

it('a drag that comes back to where it began still ends at full size', async () => {
  const { store, lastCall, finished, finish, pane } = await wall();
  await finish();
  store.getState().dragPane(pane(1).id, { groupSize: 32 });
  lastCall().answer(finished());
  await settled();
  store.getState().setPane(pane(1).id, { groupSize: 64 });
  await settled();
  expect(lastCall().request).toMatchObject({ norm: { id: 'wct', groupSize: 64 }, contentSize: 512 });
});

it('a picture that comes too late, of a pane that is gone, is closed', async () => {
  const { store, lastCall, finished, pane } = await wall();
  const late = bitmap();
  const work = lastCall();
  work.answer(finished(late));
  store.getState().removePane(pane(0).id);
  await settled();
  expect(late.close).toHaveBeenCalledOnce();
});

it('another photo closes all pictures', async () => {
  const { store, finish, panes } = await wall();
  await finish();
  const old = panes().map(({ picture }) => picture?.image);
  await store.getState().open('photo', { name: 'other.jpg', blob: async () => new Blob() });
  for (const image of old) expect(image?.close).toHaveBeenCalledOnce();
  expect(panes().every(({ picture }) => picture === null)).toBe(true);
});

it('two to six panes', async () => {
  const { store, panes, pane } = await wall();
  for (let i = 0; i < 3; i++) store.getState().addPane();
  expect(panes()).toHaveLength(6);
  for (let i = 0; i < 6; i++) store.getState().removePane(pane(0).id);
  expect(panes()).toHaveLength(2);
});

it('settings are copied from pane to pane', async () => {
  const { store, pane } = await wall();
  store.getState().setPane(pane(1).id, { groupSize: 4, strength: 0.3 });
  store.getState().copySettings(pane(1).id, pane(4).id);
  expect(pane(4).settings).toEqual({ norm: 'wct', groupSize: 4, strength: 0.3 });
});

it('sorts by a number, what is not measured last', async () => {
  const { panes, finish } = await wall();
  await finish();
  const told = panes().map((pane, i): Pane => ({
    ...pane,
    measured:
      i === 2 || !pane.request ? null : { numbers: { ...numbers, style: 5 - i }, request: pane.request },
  }));
  expect(inOrder(told, 'style').map(({ settings }) => settings.norm)).toEqual([
    'in',
    'cin',
    'wct',
    'adain',
    'din',
  ]);
  expect(inOrder(told, 'placed')).toEqual(told);
});

it('progress grows from 0 to 1, a picture for one half of a pane', async () => {
  const { panes, lastCall, finish } = await wall();
  expect(wallProgress(panes())).toEqual({ done: 0, busy: true });
  lastCall().report('encoding', 1);
  expect(wallProgress(panes()).done).toBeCloseTo(0.6 / 2 / 5);
  await finish();
  expect(wallProgress(panes())).toEqual({ done: 1, busy: false });
});

it('a pane’s picture becomes the one picture, and nothing is made again', async () => {
  vi.stubGlobal('createImageBitmap', async () => bitmap(20, 15));
  const { store, calls, finish, pane } = await wall();
  await finish();
  const before = calls.length;
  await store.getState().makeMain(pane(1).id);
  expect(store.getState()).toMatchObject({
    comparing: false,
    settings: { norm: 'wct', groupSize: 64 },
    result: { image: { width: 20 }, draft: false },
    run: { status: 'finished' },
  });
  expect(calls).toHaveLength(before);
  vi.unstubAllGlobals();
});

it('the one picture rests while the wall is open, and is made when it is closed', async () => {
  const { store, lastCall, finish } = await wall();
  await finish();
  store.getState().choose('klimt');
  store.getState().compare(false);
  await settled();
  expect(lastCall().request).toMatchObject({ norm: { id: 'adain' } });
  expect(store.getState().run.status).toBe('running');
});

it('the one picture that was stopped for the wall, and is wanted no more, is not said to be missing', async () => {
  const made = await withPictures();
  const { set, compare, undo } = made.store.getState();
  while (made.store.getState().run.status === 'running') {
    made.calls.at(-1)?.answer(made.finished());
    await settled();
  }
  set({ strength: 0.4 });
  compare(true);
  await settled();
  undo();
  expect(made.store.getState()).toMatchObject({ comparing: false, run: { status: 'finished' } });
});
