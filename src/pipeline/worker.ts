import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import { once } from '../../app/models/once';
import { presetFile } from '../../app/models/preset-table';
import { loadPreset, readPresetTable } from '../../app/models/presets';
import type { Control } from './control';
import type { Engine } from './engine';
import { enlargedTo } from './enlarge';
import { failureOf, Stopped } from './failure';
import type { FromWorker, ImageType, JobId, LargeAs, ToWorker } from './protocol';
import { inQuiet } from './quiet';
import { drawableSize, openPicture, pixelsToFile, toBitmap, toFile, toPixels } from './raster';
import type { PictureId, Request, Stage, StyleShare } from './request';
import type { Size } from './size';
import { startBackend } from './start-backend';
import { parseStyleFile, styleData, styleFile, styleFrom, type StyleData } from './style-file';
import { styleSet, type SetPicture } from './style-set';
import { readRest, weightsReader } from './weights-reader';

/** The page names pictures; the engine has names of its own. One that could not be had is asked for again. */
const names = new Map<PictureId, () => Promise<PictureId>>();
const cancels = new Map<JobId, AbortController>();
const read = weightsReader(new URL(`${import.meta.env.BASE_URL}weights/`, self.location.origin));
const wasm = {
  'tfjs-backend-wasm.wasm': plain,
  'tfjs-backend-wasm-simd.wasm': simd,
  'tfjs-backend-wasm-threaded-simd.wasm': threaded,
};

/** Settles when the GPU went away, or made an error. */
let lost: Promise<unknown> = new Promise(() => undefined);
let started: (engine: Engine) => void = () => undefined;
const engine = new Promise<Engine>((resolve) => (started = resolve));
const presets = once(() => readPresetTable(read));
/** Whether a picture was made: what it did not need is read in the first quiet moment after it. */
let painted = false;
const rest = inQuiet(() => readRest(read));

function send(message: FromWorker, ...transfer: Transferable[]): void {
  self.postMessage(message, { transfer });
}

async function start({ wish, timings, gpuFailed }: Extract<ToWorker, { type: 'start' }>): Promise<void> {
  try {
    const loading = (done: number): void => send({ type: 'loading', done });
    const running = await startBackend({ wish, timings, gpuFailed, read, wasm, loading });
    lost = running.lost.then((failure) => send({ type: 'lost', failure }));
    started(running.engine);
    send({ type: 'ready', report: running.report });
  } catch (error) {
    send({ type: 'start-failed', failure: failureOf(error) });
  }
}

/** Runs a job and answers it, whatever happens. */
async function answer(job: JobId, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const cancel = new AbortController();
  cancels.set(job, cancel);
  rest.busy();
  try {
    await work(cancel.signal);
  } catch (error) {
    const failure = failureOf(error);
    if (failure.code === 'bug' && (await isLost())) return; // the job runs again elsewhere
    send({ type: 'failed', job, failure });
    if (failure.code === 'out-of-memory') send({ type: 'lost', failure });
  } finally {
    cancels.delete(job);
    if (painted && cancels.size === 0) rest.idle();
  }
}

async function presetName(preset: string): Promise<PictureId> {
  read(presetFile(preset)).catch(() => undefined); // on its way while the engine starts
  const ready = await engine;
  const table = await presets();
  const listed = table.presets.find(({ id }) => id === preset);
  if (!listed) throw new Stopped({ code: 'picture-forgotten' });
  return ready.keepStyle(await loadPreset(read, table, listed));
}

/** An operation on a lost GPU may throw a little before the loss is told. */
function isLost(): Promise<boolean> {
  const soon = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 200));
  return Promise.race([lost.then(() => true), soon]);
}

/** Opened when its turn comes: two hundred at once would not fit. */
const setPicture = ({ name, blob }: { readonly name: string; readonly blob: Blob }): SetPicture => ({
  name,
  open: async () => {
    const { preview, source, close } = await openPicture(blob, name);
    preview.close();
    return { source, close };
  },
});

async function enginesName(picture: PictureId): Promise<PictureId> {
  const name = names.get(picture);
  if (!name) throw new Stopped({ code: 'picture-forgotten' });
  return name();
}

/** A style as its statistics. Numbers that are wrong are told to the job that uses them. */
function keptStyle(style: StyleData): Promise<PictureId> {
  const name = engine.then((ready) => ready.keepStyle(styleFrom(style, ready.networks)));
  name.catch(() => undefined);
  return name;
}

async function inEnginesWords(request: Request): Promise<Request> {
  const shares = (styles: readonly StyleShare[]): Promise<StyleShare[]> =>
    Promise.all(styles.map(async ({ picture, weight }) => ({ picture: await enginesName(picture), weight })));
  const regions = request.regions?.map(async ({ mask, styles }) => ({
    mask: await enginesName(mask),
    styles: await shares(styles),
  }));
  return {
    ...request,
    content: await enginesName(request.content),
    styles: await shares(request.styles),
    ...(request.mask === undefined ? {} : { mask: await enginesName(request.mask) }),
    ...(regions === undefined ? {} : { regions: await Promise.all(regions) }),
  };
}

const telling =
  (job: JobId) =>
  (stage: Stage, done: number): void =>
    send({ type: 'progress', job, stage, done });

/** A result as a file as large as its photo, or as large as this browser can make it. */
async function largeFile(
  image: ImageBitmap,
  { photo, grain }: LargeAs,
  as: ImageType,
  control: Control,
): Promise<{ readonly blob: Blob; readonly size: Size }> {
  const picture = toPixels(image);
  const source = (await engine).sourceOf(await enginesName(photo));
  const size = drawableSize(source.size);
  const pixels = await enlargedTo(size, source, picture, grain, control);
  return { size, blob: await pixelsToFile(pixels, as) };
}

/** A job about a request, with progress. */
function study(
  { job, request }: { readonly job: JobId; readonly request: Request },
  work: (ready: Engine, request: Request, control: Control) => Promise<void>,
): void {
  void answer(job, async (signal) =>
    work(await engine, await inEnginesWords(request), { signal, onProgress: telling(job) }),
  );
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case 'start':
      return void start(data);
    case 'keep':
      return void answer(data.job, async () => {
        const opened = openPicture(data.blob, data.name);
        const name = Promise.all([opened, engine]).then(([{ source, close }, ready]) =>
          ready.keep({ ...source, close }),
        );
        name.catch(() => undefined); // told as this job's failure
        names.set(data.picture, () => name); // at once: jobs that were sent again may ask for it already
        const { size, preview } = await opened;
        send({ type: 'kept', job: data.job, size, preview }, preview);
      });
    case 'keep-preset': {
      const name = once(() => presetName(data.preset));
      name().catch(() => undefined); // the job that uses it tries again, and reports it
      return void names.set(data.picture, name);
    }
    case 'keep-style': {
      const name = keptStyle(data.style);
      return void names.set(data.picture, () => name);
    }
    case 'export-style':
      return void answer(data.job, async (signal) => {
        const { styleOf, networks } = await engine;
        const styles: { weight: number; style: StyleData }[] = [];
        for (const { picture, name, weight } of data.styles) {
          const style = await styleOf(await enginesName(picture), data.styleSize, { signal });
          styles.push({ weight, style: await styleData(name, style, networks) });
        }
        send({ type: 'style-file', job: data.job, file: styleFile(data.name, styles) });
      });
    case 'read-style':
      return void answer(data.job, async () => {
        const { networks } = await engine;
        send({ type: 'style-file', job: data.job, file: parseStyleFile(data.text, data.name, networks) });
      });
    case 'pool':
      return void answer(data.job, async (signal) => {
        const pictures = data.pictures.map(setPicture);
        const control = { signal, onProgress: telling(data.job) };
        const set = await styleSet(await engine, pictures, data.styleSize, control);
        send({ type: 'pooled', job: data.job, set });
      });
    case 'forget':
      void Promise.all([engine, names.get(data.picture)?.()]).then(
        ([ready, name]) => name !== undefined && ready.forget(name),
        () => undefined, // a preset that never arrived
      );
      names.delete(data.picture);
      return;
    case 'stylise':
      return study(data, async (ready, request, control) => {
        const { pixels, ...rest } = await ready.stylise(request, control);
        const image = await toBitmap(pixels);
        painted = true;
        send({ type: 'finished', job: data.job, image, ...rest }, image);
      });
    case 'measure':
      return study(data, async (ready, request, control) => {
        send({ type: 'measured', job: data.job, numbers: await ready.measure(request, control) });
      });
    case 'inspect':
      return study(data, async (ready, request, control) => {
        send({ type: 'inspected', job: data.job, portrait: await ready.inspect(request, control) });
      });
    case 'ping':
      return send({ type: 'alive' });
    case 'cancel':
      return cancels.get(data.job)?.abort();
    case 'save':
      return void answer(data.job, async (signal) => {
        const { job, image, as, large } = data;
        const control = { signal, onProgress: telling(job) };
        if (large) return send({ type: 'saved', job, ...(await largeFile(image, large, as, control)) });
        const size = { width: image.width, height: image.height };
        send({ type: 'saved', job, size, blob: await toFile(image, as) });
      });
    default:
      return data satisfies never;
  }
};
