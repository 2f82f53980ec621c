import { memory, randomUniform, type Rank, type Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { decode } from '../app/models/decoder';
import { encode } from '../app/models/encoder';
import { ended, start } from '../cli/testing/spawned';
import { readWeights, shippedNetworks, useWasm } from '../src/pipeline/test-kit';
import { bench, type Results } from './bench';
import { chromiumPath } from './chromium-path';
import type { Device } from './device';
import { Absent, type Placed } from './host';
import { parseOptions } from './options';
import { PEER_NAMES, PEERS, TFJS_PEER_NAMES, TFJS_PEERS, type RacerName, type TfjsPeerName } from './peers';
import type { PlaceName } from './places';
import { race } from './race';
import { ourselves, restyled, tfjsPeer, type Racer } from './racers';
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
    const style = knownStyle(64);
    const ours = await decode(decoder, restyled(await encode(encoder, pixels, go), style), go);
    const trained = await trainedWeights(readWeights);
    const port = networkOf(PEERS['stock-ops'], trained.source);
    const [a, b] = [ours.dataSync(), port.run(pixels).dataSync()];
    const scale = Math.max(...a.map(Math.abs));
    expect(Math.max(...a.map((value, k) => Math.abs(value - (b[k] ?? NaN)))) / scale).toBeLessThan(1e-4);
    expect(Math.max(...a) - Math.min(...a)).toBeGreaterThan(0.2); // a picture, not a plain colour
  });

  it.each(TFJS_PEER_NAMES)('[BN2] %s gives a picture of the same size, and leaves nothing behind', (name) => {
    const before = memory().numTensors;
    const network = networkOf(TFJS_PEERS[name], randomWeights);
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
    const results = await bench(
      async (_, name) => ({
        ...(name === 'statistyle' ? ourselves(networks) : await tfjsPeer(name as TfjsPeerName, readWeights)),
        device: { backend: 'wasm', threads: 1 },
      }),
      parseOptions(['--sizes', '32', '--runs', '2', '--peers', TFJS_PEER_NAMES.join()]),
    );
    expect(memory().numTensors).toBe(before);
    const lines = tableOf(results).split('\n');
    const cells = lines.filter((line) => line.startsWith('|')).map((line) => line.split('|').slice(1, -1));
    expect(cells.map((row) => row.length)).toEqual(Array.from({ length: 7 }, () => 14)); // two of them the head
    expect(cells[2]?.slice(0, 4).map((cell) => cell.trim())).toEqual([
      'Statistyle',
      'Node, wasm, 1 thread',
      '32',
      '18,784',
    ]);
    expect(results.rows.every(({ cold, warm, runs }) => cold > 0 && warm[1] > 0 && runs === 2)).toBe(true);
    expect(results.rows.every(({ cpu }) => cpu && cpu.ms > 0 && cpu.ratio > 0)).toBe(true);
    expect(lines.some((line) => line.startsWith('Statistyle at 32 px by stage'))).toBe(true);
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

/** Somebody who takes 1 ms, on a device. */
const placed = (name: RacerName, device: Device): Placed => ({ ...runner(name, 1, []), device });
const gpu = (kind: 'software' | 'hardware', name: string): Device => ({
  backend: 'webgpu',
  gpu: { kind, name },
  float16: false,
});
const wasm: Device = { backend: 'wasm', threads: 1 };

describe('places', () => {
  const where = 'node-wasm,node-webgpu';
  const options = parseOptions(['--where', where, '--sizes', '64,256', '--runs', '1', '--peers', 'onnx']);
  const sizesAt = ({ rows }: Results, place: PlaceName) =>
    rows.filter((row) => row.place === place).map(({ name, size }) => [name, size]);

  it('[BP1] in Node on WebGPU, onnxruntime-web does not run', async () => {
    const results = await bench(
      async (place, name) => placed(name, place === 'node-wasm' ? wasm : gpu('hardware', 'a card')),
      options,
    );
    expect(sizesAt(results, 'node-wasm')).toEqual([
      ['statistyle', 64],
      ['onnx', 64],
      ['statistyle', 256],
      ['onnx', 256],
    ]);
    expect(sizesAt(results, 'node-webgpu')).toEqual([
      ['statistyle', 64],
      ['statistyle', 256],
    ]);
    expect(tableOf(results)).toMatch(/\| statistyle \| Node, wasm, 1 thread \| 64 .* 1 \|$/m); // ms on the card
    expect(tableOf(results)).toContain('| Node, WebGPU, a card |');
  });

  it('[BP2] a GPU in software is named as such, gets one small size, and is no GPU', async () => {
    const results = await bench(
      async (place, name) => placed(name, place === 'node-wasm' ? wasm : gpu('software', 'swiftshader')),
      options,
    );
    expect(sizesAt(results, 'node-webgpu')).toEqual([['statistyle', 64]]);
    const lines = tableOf(results).split('\n').slice(4, 9);
    expect(lines.every((line) => line.endsWith('| not measured |'))).toBe(true);
    expect(lines[4]).toContain('| Node, WebGPU in software (swiftshader), no GPU |');
  });

  it('[BP3] a place that is not here is told, and the others run; a bug is not passed over', async () => {
    const without = (error: Error) =>
      bench(async (place, name) => {
        if (place === 'node-webgpu') throw error;
        return placed(name, wasm);
      }, options);
    const results = await without(new Absent('no GPU was found'));
    expect(results.rows).toHaveLength(4);
    expect(tableOf(results)).toContain('Not measured: node-webgpu (no GPU was found).');
    await expect(without(new Error('a bug'))).rejects.toThrow('a bug');
  });
});

describe('the command', () => {
  it('[BC1] runs each network in a process of its own, and ends', { timeout: 300_000 }, async () => {
    const { code, stdout, stderr } = await ended(
      start('bench/main.ts', ['--sizes', '32', '--runs', '1', '--peers', 'onnx'], {}),
    );
    expect([code, stderr.trim().split('\n')]).toEqual([
      0,
      ['node-wasm, 32 px, cold', 'node-wasm, 32 px, round 1 of 1'],
    ]);
    expect(stdout).toMatch(/\| Statistyle \| Node, wasm.*\n\| Statistyle in onnxruntime-web .* \| 32 /);
  });

  it('[BC2] runs each in a page of its own in Chromium', { timeout: 300_000 }, async ({ skip }) => {
    skip(!chromiumPath(), 'no Chromium was found (set CHROMIUM_PATH)');
    const { code, stdout, stderr } = await ended(
      start(
        'bench/main.ts',
        ['--where', 'chromium-wasm', '--sizes', '32', '--runs', '1', '--peers', 'onnx'],
        {},
      ),
    );
    expect([code, stderr.trim().split('\n')]).toEqual([
      0,
      ['chromium-wasm, 32 px, cold', 'chromium-wasm, 32 px, round 1 of 1'],
    ]);
    const where = 'Chromium, wasm, 1 thread \\| 32 ';
    expect(stdout).toMatch(new RegExp(`^\\| Statistyle \\| ${where}.*\n\\| .* \\| ${where}`, 'm'));
  });
});

describe('options', () => {
  it('[BO1] are places, sizes, runs and peers, all with defaults', () => {
    const standard = { sizes: [256, 512], runs: 9, peers: PEER_NAMES, budget: 40 };
    expect(parseOptions([])).toEqual({ ...standard, where: ['node-wasm'] });
    const some = parseOptions(['--sizes', '64,128', '--runs', '3', '--peers', 'magenta', '--out', 'there']);
    expect(some).toMatchObject({ sizes: [64, 128], runs: 3, peers: ['magenta'], out: 'there' });
    const { where } = parseOptions(['--where', 'chromium,node-webgpu']);
    expect(where).toEqual(['chromium-wasm', 'chromium-threads', 'chromium-webgpu', 'node-webgpu']);
    expect(parseOptions(['--where', 'node'])).toMatchObject({
      where: ['node-wasm', 'node-threads', 'node-webgpu'],
    });
  });

  it.each([
    ['--sizes', '100', 'multiples of 8'],
    ['--sizes', '8', 'from 16 up'],
    ['--runs', '0', 'from 1 up'],
    ['--peers', 'nobody', 'Peers are stock-ops'],
    ['--where', 'nowhere', 'Places are node, chromium, node-wasm'],
  ])('[BO2] %s %s is refused', (option, value, reason) => {
    expect(() => parseOptions([option, value], true)).toThrow(reason);
  });
});
