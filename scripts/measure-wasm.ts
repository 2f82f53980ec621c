/**
 * Where the time of one picture goes on wasm, by layer and by kind of work:
 * `npx tsx scripts/measure-wasm.ts [--sizes 256,512,1024] [--rounds 9] [--clock wall]`.
 *
 * Two tables: our kernels, and tfjs's operations alone. tfjs's profiler times each kernel (wasm works while it is
 * called); "rest" is what lies between them. Medians of rounds, each of which runs every layer and AdaIN once in
 * either way; the last line is the median of the rounds' ratios. `--clock cpu` counts this process's processor time
 * instead, which others on the machine disturb less; on more than one thread it counts all of them.
 */
import { dispose, env, profile, randomUniform, type Rank, type Tensor4D } from '@tensorflow/tfjs-core';
import { decoderLayers } from '../app/models/decoder';
import { encoderLayers } from '../app/models/encoder';
import type { Features } from '../app/models/features';
import type { Layer } from '../app/models/layers';
import { withoutKernels } from '../app/models/wasm/test-kit';
import { restyled } from '../bench/racers';
import { knownStyle } from '../bench/weights';
import { startNetworks } from '../cli/backend';
import { cpuMs, median, option } from './measured';

const KINDS = ['convolution', 'padding', 'phases', 'statistics', 'elementwise', 'rest'] as const;
type Kind = (typeof KINDS)[number];
type Times = Record<Kind, number[]>; // ms, a number a round

/** Kernels by kind; those not named here are elementwise. */
const OF_LAYERS: Readonly<Record<string, Kind>> = {
  FusedConv2D: 'convolution',
  StatistyleConvolvePhases: 'convolution',
  MirrorPad: 'padding',
  StatistyleConvolve: 'convolution',
  StatistyleUpsample: 'convolution',
  StatistylePad: 'padding',
  Concat: 'phases',
  Transpose: 'phases',
};
const OF_EDIT: Readonly<Record<string, Kind>> = {
  Transpose: 'statistics',
  Mean: 'statistics',
  Sub: 'statistics',
  BatchMatMul: 'statistics',
  StatistyleCovariance: 'statistics',
};

const ROUNDS = Number(option('--rounds', '9'));
const SIZES = option('--sizes', '256,512,1024').split(',').map(Number);
const CPU = option('--clock', 'wall') === 'cpu';

const each = <T>(make: (kind: Kind) => T) =>
  Object.fromEntries(KINDS.map((kind) => [kind, make(kind)])) as Record<Kind, T>; // one for each kind

const networks = await startNetworks('wasm');
const style = knownStyle(networks.channels);
if (CPU) env().platform.now = cpuMs; // the profiler's clock
const now = (): number => env().platform.now();

/** Runs `work` once and adds a round to the times of `row`. */
async function timed<T>(table: Map<string, Times>, row: string, work: () => T): Promise<T> {
  const made: T[] = [];
  let rest = 0;
  const { kernels } = await profile(() => {
    const start = now();
    made.push(work());
    rest = now() - start;
    return [];
  });
  const sums = each(() => 0);
  for (const { name, kernelTimeMs } of kernels) {
    if (name.endsWith('__op')) continue; // holds the kernels beside it
    const ms = await kernelTimeMs;
    if (typeof ms !== 'number') throw new Error(`${name} was not timed`);
    sums[(row === 'edit' ? OF_EDIT : OF_LAYERS)[name] ?? 'elementwise'] += ms;
    rest -= ms;
  }
  sums.rest = rest;
  const times = table.get(row) ?? each(() => []);
  table.set(row, times);
  for (const kind of KINDS) times[kind].push(sums[kind]);
  return made[0] as T; // pushed above
}

async function onePicture(table: Map<string, Times>, pixels: Tensor4D): Promise<void> {
  const through = async (network: string, layers: readonly Layer[], x: Tensor4D) => {
    let current = x;
    for (const { name, run } of layers) {
      const next = await timed(table, `${network} ${name}`, () => run(current));
      if (current !== x) current.dispose();
      current = next;
    }
    return current;
  };
  const features = (await through('encoder', encoderLayers(networks.encoder), pixels)) as Features; // of rank 4
  const edited = await timed(table, 'edit', () => restyled(features, style));
  const output = await through('decoder', decoderLayers(networks.decoder), edited);
  dispose([features, edited, output]);
}

/** Prints medians, and gives each round's whole. */
function print(title: string, table: Map<string, Times>): readonly number[] {
  const rows = [...table].map(([row, times]) => [row, each((kind) => median(times[kind]))] as const);
  const sum = each((kind) => rows.reduce((all, [, ms]) => all + ms[kind], 0));
  console.log(`${title}, ms of ${CPU ? 'processor time' : 'time'}, medians of ${ROUNDS} rounds`);
  const shown = [...rows, ['all', sum] as const].map(([row, ms]) => {
    const whole = KINDS.reduce((all, kind) => all + ms[kind], 0);
    const cells = Object.entries({ ...ms, whole }).map(([kind, one]) => [kind, Number(one.toFixed(1))]);
    return [row, Object.fromEntries(cells)];
  });
  console.table(Object.fromEntries(shown));
  const columns = [...table.values()].flatMap((times) => KINDS.map((kind) => times[kind]));
  return Array.from({ length: ROUNDS }, (_, i) => columns.reduce((all, ms) => all + (ms[i] ?? NaN), 0));
}

for (const size of SIZES) {
  const pixels = randomUniform<Rank.R4>([1, size, size, 3], 0, 1);
  const [ours, tfjs] = [new Map<string, Times>(), new Map<string, Times>()];
  for (let round = -2; round < ROUNDS; round++) {
    if (round === 0) for (const table of [ours, tfjs]) table.clear(); // warm
    await onePicture(ours, pixels);
    await withoutKernels(() => onePicture(tfjs, pixels));
  }
  pixels.dispose();
  const wholes = print(`${size} x ${size} px, our kernels`, ours);
  const others = print(`${size} x ${size} px, operations of tfjs`, tfjs);
  console.log(`ours / tfjs: ${median(wholes.map((ms, i) => ms / (others[i] ?? NaN))).toFixed(2)}`);
}
process.exit(0); // the backend's threads would keep Node alive
