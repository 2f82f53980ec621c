import { memory, randomUniform, type Rank, type Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { decode } from '../app/models/decoder';
import { encode } from '../app/models/encoder';
import { byLevel } from '../app/models/levels';
import { ended, start } from '../cli/testing/spawned';
import { readWeights, shippedNetworks, useWasm } from '../src/pipeline/test-kit';
import { bench } from './bench';
import { parseOptions } from './options';
import { PEER_NAMES, PEERS, type RacerName } from './peers';
import { race } from './race';
import { ourselves, peer, restyled, type Racer } from './racers';
import { networkOf } from './runner';
import { quartiles, rowsOf } from './summary';
import { tableOf } from './table';
import { knownStyle, randomWeights, trainedWeights } from './weights';

const go = async () => undefined;

describe('the networks that run', () => {
  beforeAll(useWasm);

  it('[BN1] the straight port paints what our pipeline paints', async () => {
    const { encoder, decoder } = await shippedNetworks();
    const pixels = randomUniform<Rank.R4>([1, 32, 48, 3], 0, 1);
    const styles = byLevel((level) => knownStyle(level === 'fine' ? 64 : 128));
    const ours = await decode(decoder, restyled(await encode(encoder, pixels, go), styles), go);
    const trained = await trainedWeights(readWeights);
    const port = networkOf(PEERS['stock-ops'], trained.source);
    const [a, b] = [ours.dataSync(), port.run(pixels).dataSync()];
    const scale = Math.max(...a.map(Math.abs));
    expect(Math.max(...a.map((value, k) => Math.abs(value - (b[k] ?? NaN)))) / scale).toBeLessThan(1e-4);
    expect(Math.max(...a) - Math.min(...a)).toBeGreaterThan(0.2); // a picture, not a plain colour
  });

  it.each(PEER_NAMES)('[BN2] %s gives a picture of the same size, and leaves nothing behind', (name) => {
    const before = memory().numTensors;
    const network = networkOf(PEERS[name], randomWeights);
    const pixels = randomUniform<Rank.R4>([1, 32, 48, 3], 0, 1);
    const output: Tensor4D = network.run(pixels);
    expect(output.shape).toEqual([1, 32, 48, 3]);
    expect(output.dataSync().every(Number.isFinite)).toBe(true);
    output.dispose();
    pixels.dispose();
    network.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('[BN3] at 32 px make the whole table, and leave nothing behind', async () => {
    const networks = await shippedNetworks();
    const before = memory().numTensors;
    const { machine, rows } = await bench(
      async (name) => (name === 'statistyle' ? ourselves(networks) : peer(name, readWeights)),
      parseOptions(['--sizes', '32', '--runs', '2']),
    );
    expect(memory().numTensors).toBe(before);
    const lines = tableOf(machine, rows).split('\n');
    const cells = lines.filter((line) => line.startsWith('|')).map((line) => line.split('|').slice(1, -1));
    expect(cells.map((row) => row.length)).toEqual(Array.from({ length: 7 }, () => 11)); // two of them the head
    expect(cells[2]?.slice(0, 3).map((cell) => cell.trim())).toEqual(['Statistyle', '32', '26,592']);
    expect(rows.every(({ cold, warm, runs }) => cold > 0 && warm[1] > 0 && runs === 2)).toBe(true);
    expect(lines.some((line) => line.startsWith('Statistyle at 32 px by stage: encode'))).toBe(true);
  });
});

/** Takes the same time in every run, and writes down when it runs. */
function runner(name: RacerName, ms: number, events: string[]): Racer {
  const run = async () => {
    events.push(name);
    return { ms };
  };
  return { name, title: name, cost: { macs: 1, parameters: 1 }, run, dispose: () => undefined };
}

describe('a race', () => {
  it('[RC1] is cold once, then interleaved, each round beginning with the next', async () => {
    const events: string[] = [];
    await race([runner('statistyle', 1, events), runner('magenta', 1, events)], 16, {
      runs: 2,
      budgetMs: 100,
    });
    const [a, b] = ['statistyle', 'magenta'];
    expect(events).toEqual([a, b, b, a, a, b]);
  });

  it('[RC2] stops who has used up its time after one warm run at least; ratios take the rounds of both', async () => {
    const racers = [runner('statistyle', 10, []), runner('vgg-adain', 50, [])];
    const rows = rowsOf(await race(racers, 16, { runs: 4, budgetMs: 60 }));
    expect(rows.map(({ runs, ratio }) => [runs, ratio])).toEqual([
      [4, 1],
      [1, 5],
    ]);
  });

  it('[RC3] has quartiles that lie between neighbours', () => {
    expect(quartiles([4, 1, 3, 2])).toEqual([1.75, 2.5, 3.25]);
    expect(quartiles([7])).toEqual([7, 7, 7]);
  });
});

describe('the command', () => {
  it('[BC1] runs each network in a process of its own, and ends', async () => {
    const { code, stdout, stderr } = await ended(
      start('bench/main.ts', ['--sizes', '32', '--runs', '1', '--peers', 'microast'], {}),
    );
    expect([code, stderr.trim().split('\n')]).toEqual([0, ['32 px, cold', '32 px, round 1 of 1']]);
    expect(stdout).toMatch(/\| Statistyle \| 32 .*\n\| MicroAST \(Wang 2023\) \| 32 /);
  });
});

describe('options', () => {
  it('[BO1] are sizes, runs and peers, all with defaults', () => {
    expect(parseOptions([])).toEqual({ sizes: [256, 512], runs: 9, peers: PEER_NAMES, budget: 40 });
    const some = parseOptions(['--sizes', '64,128', '--runs', '3', '--peers', 'magenta', '--out', 'there']);
    expect(some).toEqual({ sizes: [64, 128], runs: 3, peers: ['magenta'], budget: 40, out: 'there' });
  });

  it.each([
    ['--sizes', '100', 'multiples of 8'],
    ['--sizes', '8', 'from 16 up'],
    ['--runs', '0', 'from 1 up'],
    ['--peers', 'nobody', 'Peers are stock-ops'],
  ])('[BO2] %s %s is refused', (option, value, reason) => {
    expect(() => parseOptions([option, value], true)).toThrow(reason);
  });
});
