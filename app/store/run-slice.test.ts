import { expect, it, vi } from 'vitest';
import { DRAFT_SIZE } from './run-slice';
import { bitmap, settled, withPictures } from './testing';

vi.mock('react', () => {
  throw new Error('the store must work without React');
});

/** Answers the draft and the full picture that follow a wish. */
async function complete({ calls, finished }: Awaited<ReturnType<typeof withPictures>>): Promise<void> {
  for (let done = 0; done < calls.length; done++) {
    calls[done]?.answer(finished(bitmap(20, 15)));
    await settled();
  }
}

it('an unknown pace begins with a draft, then the full size', async () => {
  const made = await withPictures();
  await complete(made);
  expect(made.calls.map(({ request }) => request.contentSize)).toEqual([DRAFT_SIZE, 512]);
  expect(made.store.getState().run.status).toBe('finished');
  expect(made.store.getState().result?.draft).toBe(false);
});

it('the newer wish stops the older', async () => {
  const made = await withPictures();
  await complete(made);
  made.calls.length = 0;
  made.store.getState().set({ norm: 'wct' });
  made.store.getState().set({ norm: 'din' });
  expect(made.calls.map(({ signal }) => signal.aborted)).toEqual([true, false]);
});

it('a picture that comes too late is closed and not shown', async () => {
  const made = await withPictures();
  await complete(made);
  made.calls.length = 0;
  made.store.getState().set({ strength: 0.5 });
  const [older] = made.calls;
  const late = bitmap();
  older?.answer(made.finished(late)); // answered, but the newer wish comes before it is heard
  made.store.getState().set({ strength: 0.25 });
  await settled();
  expect(late.close).toHaveBeenCalledOnce();
  expect(made.store.getState().run.status).toBe('running');
});

it('while dragging, a frame in work ends, and only the newest waiting wish follows it', async () => {
  const made = await withPictures();
  await complete(made);
  made.calls.length = 0;
  for (const strength of [0.9, 0.8, 0.7]) made.store.getState().drag({ strength });
  expect(made.calls.map(({ request }) => request.strength)).toEqual([0.9]);
  made.calls[0]?.answer(made.finished());
  await settled();
  expect(made.calls.map(({ request }) => request.strength)).toEqual([0.9, 0.7]);
  expect(made.calls.every(({ signal }) => !signal.aborted)).toBe(true);
});

it('while dragging, the page says so, and what it shows is a draft', async () => {
  const made = await withPictures();
  await complete(made);
  made.store.getState().drag({ strength: 0.9 });
  made.calls.at(-1)?.answer(made.finished());
  await settled();
  expect(made.store.getState()).toMatchObject({ run: { status: 'previewing' }, result: { draft: true } });
});

it('a device that is quick enough drags at full size', async () => {
  const made = await withPictures();
  const quick = { encoding: 40, normalising: 2, decoding: 90 };
  for (let done = 0; done < made.calls.length; done++) {
    made.calls[done]?.answer({ ok: true, image: bitmap(640, 512), times: quick, grain: 0.75 });
    await settled();
  }
  made.store.getState().drag({ strength: 0.9 });
  expect(made.calls.at(-1)?.request.contentSize).toBe(512);
});

it('letting go stops the frame and makes the full picture', async () => {
  const made = await withPictures();
  await complete(made);
  made.calls.length = 0;
  made.store.getState().drag({ strength: 0.9 });
  made.store.getState().set({ strength: 0.8 });
  expect(made.calls[0]?.signal.aborted).toBe(true);
  expect(made.calls.at(-1)?.request).toMatchObject({ strength: 0.8, contentSize: 512 });
});

it('after a cancelled drag the next drag works', async () => {
  const made = await withPictures();
  await complete(made);
  made.calls.length = 0;
  made.store.getState().drag({ strength: 0.9 });
  made.store.getState().cancel();
  await settled();
  made.store.getState().drag({ strength: 0.5 });
  expect(made.calls.map(({ request }) => request.strength)).toEqual([0.9, 0.5]);
});

it('a failed run and a cancelled run leave the last good picture', async () => {
  const made = await withPictures();
  await complete(made);
  const { result } = made.store.getState();
  made.store.getState().set({ strength: 0.5 });
  made.calls.at(-1)?.answer({ ok: false, failure: { code: 'out-of-memory' } });
  await settled();
  expect(made.store.getState().run).toEqual({
    status: 'failed',
    failure: { code: 'out-of-memory' },
  });
  expect(made.store.getState().result).toBe(result);
  made.store.getState().set({ strength: 0.4 });
  made.store.getState().cancel();
  await settled();
  expect(made.store.getState().run).toEqual({ status: 'cancelled' });
  expect(made.store.getState().result).toBe(result);
});

it('a new picture closes the one it replaces', async () => {
  const made = await withPictures();
  await complete(made);
  const old = made.store.getState().result?.image;
  made.store.getState().set({ strength: 0.5 });
  made.calls.at(-1)?.answer(made.finished());
  await settled();
  expect(old?.close).toHaveBeenCalledOnce();
});

it('progress of a replaced run is not shown', async () => {
  const made = await withPictures();
  await complete(made);
  made.calls.length = 0;
  made.store.getState().set({ strength: 0.5 });
  made.store.getState().set({ strength: 0.4 });
  made.calls[1]?.report('encoding', 0.2);
  made.calls[0]?.report('decoding', 0.9);
  expect(made.store.getState().run).toMatchObject({ status: 'running', stage: 'encoding', done: 0.2 });
});

it('a photo that is cleared while its picture is made leaves nothing to say', async () => {
  const made = await withPictures();
  made.store.getState().clearPhoto();
  await settled();
  expect(made.store.getState()).toMatchObject({ run: { status: 'idle' }, photo: null, result: null });
  expect(made.calls.at(-1)?.signal.aborted).toBe(true);
});
