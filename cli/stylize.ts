import { disposeNetworks } from '../app/models/weights';
import type { Control } from '../src/pipeline/control';
import { createEngine, type Engine, type Source } from '../src/pipeline/engine';
import { enlargedTo } from '../src/pipeline/enlarge';
import { failureOf } from '../src/pipeline/failure';
import { sizeAt } from '../src/pipeline/pixels';
import { progressIn, type Norm, type Request } from '../src/pipeline/request';
import { largeSize } from '../src/pipeline/size';
import { startNetworks } from './backend';
import { BadInput } from './bad-input';
import type { NormWish } from './option-values';
import type { StylizeOptions } from './options';
import { checkFits, openPicture, savePicture } from './pictures';
import { makeFolders, type Job } from './places';
import { createReport, type Streams, type Written } from './reports';
import { sentenceOf } from './sentences';
import { demandCin, keepStyles, openStyles } from './styles';
import { NotWritten } from './whole-file';

type Shared = Omit<Request, 'content'>;

/**
 * Restyles the photos one after another and writes each as it is finished. Of several, a photo that fails
 * is reported and passed over; of one, its failure is thrown.
 * @returns whether all were written
 * @throws BadInput, Stopped
 */
export async function stylize(
  options: StylizeOptions,
  jobs: readonly Job[],
  streams: Streams,
  signal: AbortSignal,
): Promise<boolean> {
  const paintings = await openStyles(options.styles, options.styleSize);
  const mask = options.mask === undefined ? undefined : await openPicture(options.mask);
  if (mask) await mask.draw(sizeAt(mask.size, 1)); // damage is found before the work starts
  const [first] = jobs;
  const only = jobs.length === 1 && first ? await openPicture(first.content) : null; // it may be a pipe: read once

  const networks = await startNetworks(options.backend);
  const engine = createEngine(networks);
  const { shares, knownToCin } = await keepStyles(engine, paintings);
  if (options.norm.id === 'cin') demandCin(knownToCin);
  const shared: Shared = {
    norm: normOf(options.norm, networks.channels),
    styles: shares,
    strength: options.strength,
    contentSize: options.size,
    styleSize: options.styleSize,
    detail: options.detail,
    colour: options.keepColour ? 'lightness' : 'style',
    ...(mask && { mask: engine.keep(mask) }),
  };
  await makeFolders(jobs);
  const report = createReport(streams, { json: options.json, total: jobs.length });
  let failures = 0;
  try {
    for (const [index, job] of jobs.entries()) {
      try {
        const tell = (share: number): void => report.progress(index + share, job.content);
        const photo = only ?? (await openPicture(job.content));
        report.written(await stylizeOne(engine, shared, photo, job, options, signal, tell));
      } catch (error) {
        if (jobs.length === 1 || signal.aborted) throw error;
        failures++;
        report.failed(`${job.content} was left out. ${sentence(error)}`);
      }
    }
  } finally {
    report.end();
    engine.dispose();
    disposeNetworks(networks);
  }
  return failures === 0;
}

async function stylizeOne(
  engine: Engine,
  shared: Shared,
  photo: Source,
  { content, out }: Job,
  { backend, enlarge }: StylizeOptions,
  signal: AbortSignal,
  tell: (share: number) => void,
): Promise<Written> {
  const start = performance.now();
  const styling = controlOf(signal, (share) => tell(enlarge ? share / 2 : share));
  const enlarging: Control = { signal, onProgress: (_stage, done) => tell((1 + done) / 2) };
  checkFits(enlarge ? largeSize(photo.size) : sizeAt(photo.size, shared.contentSize), out);
  const picture = engine.keep(photo);
  try {
    const styled = await engine.stylise({ ...shared, content: picture }, styling);
    const { times, grain } = styled;
    const pixels = enlarge
      ? await enlargedTo(largeSize(photo.size), photo, styled.pixels, grain, enlarging)
      : styled.pixels;
    await savePicture(pixels, out);
    const { encoding, normalising, decoding } = times;
    const ms = { encoding, normalising, decoding, total: performance.now() - start };
    return {
      content,
      out,
      width: pixels.width,
      height: pixels.height,
      norm: shared.norm.id,
      strength: shared.strength,
      backend,
      ms: rounded(ms),
    };
  } finally {
    engine.forget(picture);
  }
}

/**
 * @param option how a complaint names what was given
 * @throws BadInput when the group size does not divide the channels
 */
export function normOf(wish: NormWish, channels: number, option = '--group-size'): Norm {
  if (wish.id !== 'wct') return wish;
  const groupSize = wish.groupSize ?? channels;
  if (channels % groupSize !== 0) {
    const divisors = Array.from({ length: channels }, (_, i) => i + 1).filter((g) => channels % g === 0);
    throw new BadInput(
      `${option} is ${groupSize}, which does not divide the ${channels} channels; choose one of ${divisors.join(', ')}.`,
    );
  }
  return { id: 'wct', groupSize };
}

function controlOf(signal: AbortSignal, tell: (share: number) => void): Control {
  let furthest = 0; // a style is encoded after the photo: the bar waits rather than going back
  return {
    signal,
    onProgress: (stage, done) => {
      furthest = Math.max(furthest, progressIn(stage, done));
      tell(furthest);
    },
  };
}

function rounded(ms: Written['ms']): Written['ms'] {
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  return {
    encoding: tenth(ms.encoding),
    normalising: tenth(ms.normalising),
    decoding: tenth(ms.decoding),
    total: tenth(ms.total),
  };
}

function sentence(error: unknown): string {
  return error instanceof BadInput || error instanceof NotWritten
    ? error.message
    : sentenceOf(failureOf(error));
}
