/**
 * Prints what a backend measures of one small picture in every norm, and what two norms did to its channels:
 * `node --import tsx cli/testing/study-on.ts BACKEND`. A process of its own, because Dawn is set up once in one.
 */
import { getBackend } from '@tensorflow/tfjs-core';
import { loadPresets } from '../../app/models/presets';
import { createEngine } from '../../src/pipeline/engine';
import type { Portrait } from '../../src/pipeline/numbers';
import { strength, type Norm, type PictureId } from '../../src/pipeline/request';
import { readWeights, startNetworks } from '../backend';
import type { CliBackend } from '../option-values';
import { painting, photo } from './draw';

/** What the process prints. */
export interface Studied {
  readonly backend: string;
  /** By norm. */
  readonly numbers: Readonly<Record<string, Readonly<Record<'style' | 'content' | 'identity', number>>>>;
  /** By "NORM SUBJECT", e.g. "din edited". */
  readonly channels: Readonly<Record<string, Readonly<Record<'mean' | 'std' | 'correlation', number[]>>>>;
}

const NORMS: readonly Norm[] = [
  { id: 'in' },
  { id: 'cin' },
  { id: 'adain' },
  { id: 'wct', groupSize: 64 },
  { id: 'wct', groupSize: 16 },
  { id: 'din' },
];
const LOOKED_AT: readonly string[] = ['wct 64', 'din'];

async function studyOn(backend: CliBackend): Promise<Studied> {
  const engine = createEngine(await startNetworks(backend));
  const keep = (pixels: ReturnType<typeof photo>): PictureId =>
    engine.keep({ size: pixels, draw: () => Promise.resolve(pixels) });
  const [content, style] = [keep(photo(64, 64)), keep(painting(64, 64))];
  const preset = (await loadPresets(readWeights)).find(({ style: { affine } }) => affine);
  if (!preset) throw new Error('no preset has a pair of CIN');
  const known = engine.keepStyle(preset.style);
  const numbers: Record<string, Studied['numbers'][string]> = {};
  const channels: Record<string, Studied['channels'][string]> = {};
  for (const norm of NORMS) {
    const request = {
      norm,
      content,
      styles: [{ picture: norm.id === 'cin' ? known : style, weight: 1 }],
      strength: strength(1),
      contentSize: 0,
      styleSize: 0,
      colour: 'style',
    } as const;
    const name = norm.id === 'wct' ? `wct ${norm.groupSize}` : norm.id;
    const { style: distance, content: lost, identity } = await engine.measure(request);
    numbers[name] = { style: distance, content: lost, identity };
    if (LOOKED_AT.includes(name)) Object.assign(channels, flat(name, await engine.inspect(request)));
  }
  return { backend: getBackend(), numbers, channels };
}

function flat(name: string, portrait: Portrait): Record<string, Studied['channels'][string]> {
  return Object.fromEntries(
    Object.entries(portrait).map(([subject, { mean, std, correlation }]) => [
      `${name} ${subject}`,
      { mean: [...mean], std: [...std], correlation: [...correlation] },
    ]),
  );
}

const [backend = ''] = process.argv.slice(2);
const studied = await studyOn(backend as CliBackend); // the test's own words
process.stdout.write(JSON.stringify(studied), () => process.exit());
