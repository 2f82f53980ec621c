import { expect, it, vi } from 'vitest';
import { connect, type EngineState, type Port } from './client';
import type { FromWorker, JobId, ToWorker } from './protocol';
import { strength, type PictureId, type Request } from './request';

const image = () => ({ width: 1, height: 1, close: vi.fn() }) satisfies ImageBitmap;
const request: Request = {
  norm: { id: 'adain' },
  content: 1 as PictureId,
  styles: [{ picture: 2 as PictureId, weight: 1 }],
  strength: strength(1),
  contentSize: 128,
  styleSize: 128,
  colour: 'style',
};
const times = { encoding: 1, normalising: 1, decoding: 1 };

type JobType = 'stylise' | 'measure' | 'inspect' | 'keep' | 'save';

/** A worker that does what the test says. */
class FakeWorker implements Port {
  readonly heard: ToWorker[] = [];
  onmessage: Port['onmessage'] = null;
  onerror: Port['onerror'] = null;
  readonly terminate = vi.fn();
  postMessage(message: ToWorker): void {
    this.heard.push(message);
  }
  say(data: FromWorker): void {
    this.onmessage?.({ data } as MessageEvent<FromWorker>);
  }
  die(message: string): void {
    this.onerror?.({ message } as ErrorEvent);
  }
  jobs(type: JobType): JobId[] {
    return this.heard.flatMap((message) => (message.type === type ? [message.job] : []));
  }
}

function started() {
  const workers: FakeWorker[] = [];
  const states: EngineState[] = [];
  const stylist = connect(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  });
  stylist.start('auto', (state) => states.push(state));
  const last = (): FakeWorker => workers.at(-1) ?? new FakeWorker();
  const stylise = (signal = new AbortController().signal) =>
    stylist.stylise(request, () => undefined, signal);
  return { stylist, workers, states, last, stylise };
}

const job = (worker: FakeWorker, type: JobType = 'stylise'): JobId =>
  worker.jobs(type).at(-1) ?? (0 as JobId);

it('a finished job gives its picture', async () => {
  const { last, stylise } = started();
  const outcome = stylise();
  last().say({ type: 'finished', job: job(last()), image: image(), times, grain: 1 });
  expect(await outcome).toMatchObject({ ok: true, times });
});

it('a cancel answers before the worker does, and the late picture is closed', async () => {
  const { last, stylise } = started();
  const cancel = new AbortController();
  const outcome = stylise(cancel.signal);
  cancel.abort();
  expect(await outcome).toEqual({ ok: false, failure: { code: 'cancelled' } });
  const late = image();
  last().say({ type: 'finished', job: job(last()), image: late, times, grain: 1 });
  expect(late.close).toHaveBeenCalledOnce();
});

it('a dead worker fails every waiting job and is replaced; pictures are told to the new one', async () => {
  const { stylist, workers, last, stylise } = started();
  const kept = stylist.keep(new Blob(['a']), 'a.png');
  last().say({ type: 'kept', job: job(last(), 'keep'), size: { width: 1, height: 1 }, preview: image() });
  await kept;
  const outcomes = [stylise(), stylise()];
  last().die('wasm trap');
  expect(await Promise.all(outcomes)).toEqual(
    outcomes.map(() => ({ ok: false, failure: { code: 'bug', message: 'wasm trap' } })),
  );
  expect(workers).toHaveLength(2);
  expect(workers[0]?.terminate).toHaveBeenCalled();
  expect(last().heard.map(({ type }) => type)).toEqual(['start', 'keep']);
});

it('after a lost GPU the job runs again, once', async () => {
  const { workers, last, stylise } = started();
  const outcome = stylise();
  const lost: FromWorker = { type: 'lost', failure: { code: 'gpu-lost', reason: 'driver reset' } };
  last().say(lost);
  expect(workers).toHaveLength(2);
  expect(last().jobs('stylise')).toHaveLength(1);
  last().say(lost);
  expect(await outcome).toEqual({ ok: false, failure: { code: 'gpu-lost', reason: 'driver reset' } });
});

it('a GPU that is lost twice in a row is given up for wasm', () => {
  const { last } = started();
  const lost: FromWorker = { type: 'lost', failure: { code: 'gpu-lost', reason: 'driver reset' } };
  last().say(lost);
  expect(last().heard[0]).toMatchObject({ type: 'start', gpuFailed: false });
  last().say(lost);
  expect(last().heard[0]).toMatchObject({ type: 'start', gpuFailed: true });
});

it('workers that keep dying are not restarted for ever', () => {
  const { workers, states, last } = started();
  for (let i = 0; i < 10; i++) last().die('again');
  expect(workers.length).toBeLessThan(5);
  expect(states.at(-1)).toMatchObject({ status: 'failed' });
});

it('memory that ran out is not tried again with the same job', async () => {
  const { workers, last, stylise } = started();
  const outcome = stylise();
  last().say({ type: 'lost', failure: { code: 'out-of-memory' } });
  expect(await outcome).toEqual({ ok: false, failure: { code: 'out-of-memory' } });
  expect(workers).toHaveLength(2);
  expect(last().jobs('stylise')).toEqual([]);
});

it('memory that ran out takes no picture with it that was just being opened', async () => {
  const { stylist, last } = started();
  const kept = stylist.keep(new Blob(), 'next.jpg');
  last().say({ type: 'lost', failure: { code: 'out-of-memory' } });
  expect(last().jobs('keep')).toHaveLength(1); // told to the new worker
  last().say({ type: 'kept', job: job(last(), 'keep'), size: { width: 1, height: 1 }, preview: image() });
  expect(await kept).toMatchObject({ ok: true });
});

it('where workers keep dying, saving and opening are refused, not left without an answer', async () => {
  const { stylist, last } = started();
  for (let i = 0; i < 10; i++) last().die('again');
  const picture = image();
  expect(await stylist.save(picture, 'image/png')).toMatchObject({ ok: false, failure: { code: 'bug' } });
  expect(picture.close).toHaveBeenCalledOnce();
  expect(await stylist.keep(new Blob(), 'a.jpg')).toMatchObject({ ok: false, failure: { code: 'bug' } });
});

it('an engine that cannot start fails what waits for it', async () => {
  const { states, last, stylise } = started();
  const outcome = stylise();
  const failure = { code: 'weights-unreachable', file: 'encoder.bin' } as const;
  last().say({ type: 'start-failed', failure });
  expect(await outcome).toEqual({ ok: false, failure });
  expect(states.at(-1)).toEqual({ status: 'failed', failure });
});

it('what needs the engine is refused at once when it could not start, until it is started again', async () => {
  const { stylist, last, stylise } = started();
  const failure = { code: 'weights-unreachable', file: 'encoder.bin' } as const;
  const { signal } = new AbortController();
  const large = { photo: 1 as PictureId, grain: 1, onProgress: () => undefined, signal };
  const before = stylist.save(image(), 'image/png', large);
  last().say({ type: 'start-failed', failure });
  expect(await before).toEqual({ ok: false, failure });
  const after = image();
  expect(await stylist.save(after, 'image/png', large)).toEqual({ ok: false, failure });
  expect(after.close).toHaveBeenCalled();
  expect(await stylise()).toEqual({ ok: false, failure });
  void stylist.save(image(), 'image/png'); // needs none
  expect(last().jobs('save')).toHaveLength(2);
  stylist.start('auto', () => undefined);
  void stylise();
  expect(last().jobs('stylise')).toHaveLength(1);
});

it('a file as large as the photo says how far it is, and can be stopped', async () => {
  const { stylist, last } = started();
  const stop = new AbortController();
  const onProgress = vi.fn();
  const large = { photo: 7 as PictureId, grain: 0.5, onProgress, signal: stop.signal };
  const saved = stylist.save(image(), 'image/png', large);
  expect(last().heard.at(-1)).toMatchObject({ as: 'image/png', large: { photo: 7, grain: 0.5 } });
  last().say({ type: 'progress', job: job(last(), 'save'), stage: 'decoding', done: 0.25 });
  expect(onProgress).toHaveBeenCalledWith('decoding', 0.25);
  stop.abort();
  expect(await saved).toEqual({ ok: false, failure: { code: 'cancelled' } });
  expect(last().heard.at(-1)).toMatchObject({ type: 'cancel' });
});

it('a picture that cannot be read is forgotten', async () => {
  const { stylist, last } = started();
  const kept = stylist.keep(new Blob(['text']), 'letter.jpg');
  const failure = { code: 'picture-unreadable', name: 'letter.jpg' } as const;
  last().say({ type: 'failed', job: job(last(), 'keep'), failure });
  expect(await kept).toEqual({ ok: false, failure });
  last().die('trap');
  expect(last().heard.map(({ type }) => type)).toEqual(['start']);
});

it('messages of a replaced worker are not heard', async () => {
  const { workers, last, stylise } = started();
  last().die('trap');
  const outcome = stylise();
  workers[0]?.say({ type: 'failed', job: job(last()), failure: { code: 'cancelled' } });
  last().say({ type: 'finished', job: job(last()), image: image(), times, grain: 1 });
  expect(await outcome).toMatchObject({ ok: true });
});

/** Longer than a worker may be silent, ms. */
const LONG = 25_000;

it('a worker that stops answering is replaced, and its job runs again, once', async () => {
  vi.useFakeTimers();
  const { workers, last, stylise } = started();
  const outcome = stylise();
  vi.advanceTimersByTime(LONG);
  expect(workers).toHaveLength(2);
  expect(workers[0]?.heard.map(({ type }) => type)).toContain('ping');
  expect(last().jobs('stylise')).toHaveLength(1);
  vi.advanceTimersByTime(LONG);
  expect(await outcome).toMatchObject({ ok: false, failure: { code: 'bug' } });
  vi.useRealTimers();
});

it('a slow worker that still answers is left to work', () => {
  vi.useFakeTimers();
  const { workers, last, stylise } = started();
  void stylise();
  for (let second = 0; second < 300; second += 5) {
    vi.advanceTimersByTime(5000);
    last().say({ type: 'alive' });
  }
  expect(workers).toHaveLength(1);
  vi.useRealTimers();
});

it('a worker with nothing to do may be silent', () => {
  vi.useFakeTimers();
  const { workers, last } = started();
  last().say({ type: 'ready', report: { running: 'wasm', because: { code: 'asked' }, threads: 1 } });
  vi.advanceTimersByTime(10 * LONG);
  expect(workers).toHaveLength(1);
  vi.useRealTimers();
});

it('a result is measured and inspected by jobs of their own, which can be stopped', async () => {
  const { stylist, last } = started();
  const stop = new AbortController();
  const numbers = { style: 1, content: 2, identity: 3, parameters: 4, ms: times };
  const measured = stylist.measure(request, () => undefined, stop.signal);
  last().say({ type: 'measured', job: job(last(), 'measure'), numbers });
  expect(await measured).toEqual({ ok: true, numbers });
  const inspected = stylist.inspect(request, () => undefined, stop.signal);
  stop.abort();
  expect(await inspected).toEqual({ ok: false, failure: { code: 'cancelled' } });
  expect(last().heard.at(-1)).toEqual({ type: 'cancel', job: job(last(), 'inspect') });
});

it('networks that cannot be had fail whatever needs them', async () => {
  const { stylist, last, stylise } = started();
  const { signal } = new AbortController();
  const outcomes = [stylise(), stylist.measure(request, () => undefined, signal)];
  last().say({ type: 'start-failed', failure: { code: 'weights-unreachable', file: 'encoder.bin' } });
  for (const outcome of outcomes) {
    expect(await outcome).toMatchObject({ ok: false, failure: { code: 'weights-unreachable' } });
  }
});
