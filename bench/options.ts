import { Command, InvalidArgumentError } from 'commander';
import { PEER_NAMES, type PeerName } from './peers';
import { PLACE_NAMES, type PlaceName } from './places';

export interface BenchOptions {
  /** In which program, on which backend. */
  readonly where: readonly PlaceName[];
  /** Sides of square pictures, px. */
  readonly sizes: readonly number[];
  /** Warm runs of each. */
  readonly runs: number;
  /** Who runs beside us. */
  readonly peers: readonly PeerName[];
  /** Seconds for one racer at one size. */
  readonly budget: number;
  /** A folder for `bench.json` and `bench.md`. */
  readonly out?: string;
}

/**
 * Reads the arguments after `bench/main.ts`.
 * @param exitOverride throw commander's error and stay silent instead of ending the process
 */
export function parseOptions(args: readonly string[], exitOverride = false): BenchOptions {
  const command = new Command('bench')
    .description('Races Statistyle against the networks of other projects, in Node and in Chromium.')
    .option('--where <list>', `of node, chromium, ${PLACE_NAMES.join(', ')}`, placesOf, ['node-wasm'])
    .option('--sizes <list>', 'sides of square pictures, px, multiples of 8', sizesOf, [256, 512])
    .option('--runs <n>', 'warm runs of each', positive, 9)
    .option('--peers <list>', `of ${PEER_NAMES.join(', ')}`, peersOf, PEER_NAMES)
    .option('--budget <s>', 'seconds for one network at one size', positive, 40)
    .option('--out <folder>', 'where to write bench.json and bench.md besides');
  if (exitOverride) command.exitOverride().configureOutput({ writeErr: () => undefined });
  return command.parse(args, { from: 'user' }).opts<BenchOptions>();
}

function sizesOf(text: string): readonly number[] {
  return text.split(',').map((part) => {
    const size = positive(part);
    if (size % 8 !== 0 || size < 16) throw new InvalidArgumentError('Sizes are multiples of 8 from 16 up.');
    return size;
  });
}

/** `node` and `chromium` are all their places. */
function placesOf(text: string): readonly PlaceName[] {
  return text.split(',').flatMap((part) => {
    const places = PLACE_NAMES.filter(
      (known) => known === part.trim() || known.startsWith(`${part.trim()}-`),
    );
    if (places.length === 0) {
      throw new InvalidArgumentError(`Places are node, chromium, ${PLACE_NAMES.join(', ')}.`);
    }
    return places;
  });
}

function peersOf(text: string): readonly PeerName[] {
  return text.split(',').map((part) => {
    const name = PEER_NAMES.find((known) => known === part.trim());
    if (!name) throw new InvalidArgumentError(`Peers are ${PEER_NAMES.join(', ')}.`);
    return name;
  });
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Whole numbers from 1 up.');
  return value;
}
