/**
 * The WebGPU kernels: what each layer costs by count, and, on the device that Dawn finds, the time of ours and
 * of the same networks as tfjs operations, taken in turns.
 *
 *     npx tsx scripts/measure-kernels.ts [--size 128] [--rounds 9] [--precision float32]
 *         [--operations PEAK --bytes PEAK]   the device's peak operations and bytes a second, for the roofline
 *     npx tsx scripts/measure-kernels.ts --counts   no device
 *
 * Without a GPU: LD_LIBRARY_PATH and VK_ICD_FILENAMES of Chromium's SwiftShader (see cli/testing/software-gpu.ts).
 */
import { backend, tensor4d } from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { Command } from 'commander';
import { decode, decodeByLayers } from '../app/models/decoder';
import { encode, encodeByLayers } from '../app/models/encoder';
import type { Widths } from '../app/models/kernels';
import { flush } from '../app/models/webgpu/buffers';
import { installKernels } from '../app/models/webgpu/install';
import type { NetworkName } from '../app/models/webgpu/network';
import { planOf, totalOf } from '../app/models/webgpu/plan';
import type { Precision } from '../app/models/webgpu/program';
import { roofline, rooflineTable, type Device, type Measured } from '../app/models/webgpu/roofline';
import { startNetworks } from '../cli/backend';
import { median } from './measured';

const WIDTHS: Widths = [16, 32, 64];
const NETWORKS: readonly NetworkName[] = ['encoder', 'decoder'];
const options = new Command()
  .option('--size <px>', 'side of the picture, a multiple of 4', '128')
  .option('--rounds <count>', 'runs of each', '9')
  .option('--precision <precision>', 'float16 or float32; by default what the device has')
  .option('--operations <peak>', 'operations a second')
  .option('--bytes <peak>', 'bytes a second')
  .option('--counts', 'only count')
  .parse()
  .opts<{
    size: string;
    rounds: string;
    precision?: Precision;
    operations?: string;
    bytes?: string;
    counts?: true;
  }>();
const side = Number(options.size);
const size = { height: side, width: side };
const pixelCount = side * side;

function print(network: NetworkName, precision: Precision, device?: Device, measured?: Measured): void {
  const { dispatches } = planOf(network, WIDTHS, size, precision);
  const { macs, read, written, loaded } = totalOf(dispatches);
  const each = (count: number): string => (count / pixelCount).toFixed(0);
  console.log(`\n## ${network}, ${precision}, ${side} x ${side} px\n`);
  console.log(rooflineTable(roofline(dispatches, device, measured), pixelCount));
  console.log(
    `\nA pixel: ${each(macs)} MACs, ${each(read)} bytes read, ${each(written)} written, ` +
      `${each(loaded)} loaded by workgroups.`,
  );
}

const spread = (values: readonly number[]): string =>
  `${median(values).toFixed(1)} (${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)})`;

async function measure(): Promise<void> {
  const { encoder, decoder } = await startNetworks('webgpu');
  const gpu = backend() as WebGPUBackend; // just started
  const timed = gpu.device.features.has('timestamp-query');
  const runner = installKernels(gpu, options.precision, timed);
  const pixels = tensor4d(
    Float32Array.from({ length: pixelCount * 3 }, (_, i) => (((i * 2654435761) >>> 8) % 256) / 255),
    [1, side, side, 3],
  );
  const go = async () => undefined;
  const features = await encodeByLayers(encoder, pixels, go);
  const works = {
    encoder: [() => encode(encoder, pixels, go), () => encodeByLayers(encoder, pixels, go)],
    decoder: [() => decode(decoder, features, go), () => decodeByLayers(decoder, features, go)],
  } as const;
  for (const network of NETWORKS) {
    const times: readonly [number[], number[]] = [[], []];
    const layers: Record<string, number[]> = {};
    for (let round = -1; round < Number(options.rounds); round++) {
      for (const [i, work] of works[network].entries()) {
        const start = performance.now();
        const output = await work();
        flush(gpu); // tfjs holds the last operations back
        await gpu.device.queue.onSubmittedWorkDone();
        if (round >= 0) times[i]?.push(performance.now() - start); // the first round compiles
        output.dispose();
        if (i > 0 || round < 0 || !timed) continue;
        for (const [layer, ms] of Object.entries(await runner.layerTimes())) (layers[layer] ??= []).push(ms);
      }
    }
    const measured = Object.fromEntries(Object.entries(layers).map(([layer, ms]) => [layer, median(ms)]));
    const { operations, bytes } = options;
    const device = operations && bytes ? { name: '', operations: +operations, bytes: +bytes } : undefined;
    print(network, runner.precision, device, measured);
    console.log(
      `\nMilliseconds, median (least to most) of ${options.rounds} runs in turns: ours ${spread(times[0])}, ` +
        `as tfjs operations ${spread(times[1])}: ${(median(times[1]) / median(times[0])).toFixed(2)} times as long.`,
    );
  }
}

if (options.counts) {
  for (const precision of ['float16', 'float32'] as const)
    for (const network of NETWORKS) print(network, precision);
} else {
  await measure();
}
process.exit(); // Dawn keeps the process alive
