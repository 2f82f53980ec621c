import type { Failure } from './failure';
import { CANCELLED, close, failureIn, goesAgain, largeAs, NEEDS_ENGINE, told, withoutJob } from './jobs';
import type { Ask, KeptPicture, Port, Waiting } from './jobs';
import type { Answer, FromWorker, JobId, ToWorker } from './protocol';
import type { PictureId } from './request';
import type { EngineState, Outcome, Stylist } from './stylist';
import { watch, type Watchdog } from './watchdog';

export type { Port } from './jobs';
export type * from './stylist';

const PATIENCE = 3; // workers in a row that may die before one finishes a picture

/**
 * The page's end of the protocol. A worker that dies fails its waiting jobs and is replaced; one whose GPU
 * went away, or that stopped answering, is replaced too, and its jobs run again, once.
 * @param open makes a new worker
 */
export function connect(open: () => Port): Stylist {
  const waiting = new Map<JobId, Waiting>();
  const pictures = new Map<PictureId, KeptPicture>();
  let port: Port | undefined;
  let watchdog: Watchdog | undefined;
  let loading = false;
  let restart: (gpuFailed: boolean) => void = () => undefined;
  let onState: (state: EngineState) => void = () => undefined;
  let [lastJob, lastPicture] = [0, 0];
  let broken: Failure | null = null; // why there is no engine
  let deaths = 0;
  let gpuLosses = 0;

  const nextJob = (): JobId => ++lastJob as JobId; // the only place where jobs are numbered
  const nextPicture = (): PictureId => ++lastPicture as PictureId; // and pictures, on the page's side
  const send = (message: ToWorker, ...transfer: Transferable[]): void => port?.postMessage(message, transfer);
  const fail = (failure: Failure, which: (entry: Waiting) => boolean = () => true): void => {
    for (const [job, entry] of [...waiting]) if (which(entry)) entry.settle({ type: 'failed', job, failure });
  };

  function hear(data: FromWorker): void {
    switch (data.type) {
      case 'alive':
        return;
      case 'loading':
        return onState({ status: 'loading', done: data.done });
      case 'ready':
        loading = false;
        return onState({ status: 'ready', report: data.report });
      case 'start-failed':
        loading = false;
        broken = data.failure;
        fail(data.failure, ({ type }) => NEEDS_ENGINE[type]); // pictures still open
        return onState({ status: 'failed', failure: data.failure });
      case 'lost':
        return lost(data.failure);
      case 'progress':
        return waiting.get(data.job)?.onProgress?.(data.stage, data.done);
      case 'kept':
      case 'finished':
      case 'measured':
      case 'inspected':
      case 'style-file':
      case 'pooled':
      case 'saved':
      case 'failed': {
        if (data.type === 'finished') deaths = gpuLosses = 0;
        const job = waiting.get(data.job);
        if (job) return job.settle(data);
        if (data.type === 'finished') data.image.close(); // cancelled meanwhile; nobody else will free it
        if (data.type === 'kept') data.preview.close(); // sent again to a new worker; the page has one
        return;
      }
      default:
        return data satisfies never;
    }
  }

  function lost(failure: Failure): void {
    fail(failure, (entry) => !(failure.code === 'gpu-lost' ? goesAgain(entry) : entry.type === 'keep'));
    if (failure.code === 'gpu-lost') gpuLosses++;
    replace(failure);
  }

  function hung(): void {
    const failure: Failure = { code: 'bug', message: 'the worker stopped answering' };
    fail(failure, (entry) => !goesAgain(entry));
    replace(failure);
  }

  function replace(failure: Failure): void {
    if (++deaths >= PATIENCE) {
      port?.terminate();
      port = undefined;
      watchdog?.stop();
      fail((broken = failure));
      return onState({ status: 'failed', failure });
    }
    restart(gpuLosses > 1);
  }

  function opened(message: Extract<ToWorker, { type: 'start' }>): void {
    port?.terminate();
    watchdog?.stop();
    const mine = (port = open());
    const mineIsWatched = (watchdog = watch(
      () => loading || waiting.size > 0,
      () => send({ type: 'ping' }),
      hung,
    ));
    loading = true;
    broken = null;
    mine.onmessage = ({ data }) => {
      if (mine !== port) return;
      mineIsWatched.heard();
      hear(data);
    };
    mine.onerror = ({ message: text }) => {
      if (mine !== port) return;
      const failure: Failure = { code: 'bug', message: text || 'the worker stopped' };
      fail(failure);
      replace(failure);
    };
    onState({ status: 'loading', done: 0 });
    send(message);
    for (const [picture, known] of pictures) send(told(picture, known));
    for (const entry of waiting.values()) {
      if (entry.again) send(entry.again);
      delete entry.again;
    }
  }

  /** Names what a worker can be told at any time. */
  function named(known: KeptPicture): PictureId {
    const picture = nextPicture();
    pictures.set(picture, known);
    send(told(picture, known));
    return picture;
  }

  /** A job that a request describes. */
  function study<T extends object>(
    type: 'stylise' | 'measure' | 'inspect',
    [request, onProgress, signal]: Parameters<Stylist['stylise']>,
    read: (answer: Answer) => T | false,
  ) {
    return ask({ type, message: (job) => ({ type, job, request }), read, onProgress, signal, again: true });
  }

  /** One job: sent, followed, cancelled, settled. */
  function ask<T extends object>({ type, message, read, onProgress, signal, again, transfer = [] }: Ask<T>) {
    return new Promise<Outcome<T>>((resolve) => {
      const refused = signal?.aborted ? CANCELLED : NEEDS_ENGINE[type] || !port ? broken : null;
      if (refused) {
        transfer.forEach(close);
        return resolve({ ok: false, failure: refused });
      }
      const job = nextJob();
      const settle = (answer: Answer): void => {
        waiting.delete(job);
        signal?.removeEventListener('abort', cancel);
        const value = read(answer);
        resolve(value ? { ok: true, ...value } : { ok: false, failure: failureIn(answer) });
      };
      const cancel = (): void => {
        send({ type: 'cancel', job });
        settle({ type: 'failed', job, failure: CANCELLED });
      };
      signal?.addEventListener('abort', cancel);
      const sent = message(job);
      waiting.set(job, { type, settle, ...(onProgress && { onProgress }), ...(again && { again: sent }) });
      send(sent, ...transfer);
    });
  }

  return {
    start(wish, tell, timings) {
      onState = tell;
      deaths = gpuLosses = 0;
      fail(CANCELLED, ({ type }) => type !== 'keep'); // those are told to the new worker
      restart = (gpuFailed) =>
        opened({ type: 'start', wish, gpuFailed, ...(timings === undefined ? {} : { timings }) });
      restart(false);
    },

    keep: (blob, name) =>
      new Promise((resolve) => {
        if (broken && !port) return resolve({ ok: false, failure: broken });
        const [job, picture] = [nextJob(), nextPicture()];
        pictures.set(picture, { blob, name, job });
        const settle = (answer: Answer): void => {
          waiting.delete(job);
          if (answer.type === 'kept') {
            return resolve({ ok: true, picture, size: answer.size, preview: answer.preview });
          }
          pictures.delete(picture);
          resolve({ ok: false, failure: failureIn(answer) });
        };
        waiting.set(job, { type: 'keep', settle });
        send({ type: 'keep', job, picture, blob, name });
      }),

    keepPreset: (preset) => named({ preset }),
    keepStyle: (style) => named({ style }),

    forget(picture) {
      pictures.delete(picture);
      send({ type: 'forget', picture });
    },

    stylise: (...wish) =>
      study('stylise', wish, (answer) => answer.type === 'finished' && withoutJob(answer)),
    measure: (...wish) =>
      study('measure', wish, (answer) => answer.type === 'measured' && { numbers: answer.numbers }),
    inspect: (...wish) =>
      study('inspect', wish, (answer) => answer.type === 'inspected' && { portrait: answer.portrait }),

    exportStyle: (name, styles, styleSize) =>
      ask({
        type: 'style',
        message: (job) => ({ type: 'export-style', job, name, styles, styleSize }),
        read: (answer) => answer.type === 'style-file' && { file: answer.file },
      }),

    readStyle: (text, name) =>
      ask({
        type: 'style',
        message: (job) => ({ type: 'read-style', job, text, name }),
        read: (answer) => answer.type === 'style-file' && { file: answer.file },
        again: true,
      }),

    pool: (pictures, styleSize, onProgress, signal) =>
      ask({
        type: 'style',
        message: (job) => ({ type: 'pool', job, pictures, styleSize }),
        read: (answer) => answer.type === 'pooled' && { set: answer.set },
        onProgress,
        signal,
        again: true,
      }),

    save: (image, as, large) =>
      ask({
        type: large ? 'enlarge' : 'save',
        message: (job) => ({ type: 'save', job, image, as, ...largeAs(large) }),
        read: (answer) => answer.type === 'saved' && { blob: answer.blob, size: answer.size },
        ...(large && { onProgress: large.onProgress, signal: large.signal }),
        transfer: [image],
      }),
  };
}
