/**
 * Prints how the WebGPU kernels compare with the same networks as tfjs operations, on whatever device Dawn
 * finds: `node --import tsx cli/testing/kernels-on-gpu.ts`. A process of its own, because Dawn is set up once
 * in a process.
 */
import { backend, dispose, engine, memory, tensor1d, tensor4d, type Tensor4D } from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import {
  DECODER_LAYERS,
  decode,
  decodeByLayers,
  decoderWeights,
  type DecoderWeights,
} from '../../app/models/decoder';
import { ENCODER_LAYERS, encode, encodeByLayers, type EncoderWeights } from '../../app/models/encoder';
import { DECODE, ENCODE, type Widths } from '../../app/models/kernels';
import type { Convolution, LayerScales } from '../../app/models/layers';
import { disposeNetworks, loadNetworks } from '../../app/models/weights';
import { randomNumbers } from '../../src/norm/test-kit';
import { readWeights, startNetworks } from '../backend';

/** Largest differences over the largest magnitude. */
export interface Agreement {
  readonly of: string;
  readonly features: number;
  readonly pixels: number;
}

/** What is held while nothing runs: tfjs's tensors, and bytes of GPU buffers, whoever made them. */
export interface Held {
  readonly tensors: number;
  readonly bytes: number;
}

/** What the process prints. */
export interface KernelReport {
  readonly precision: 'float16' | 'float32';
  readonly agreements: readonly Agreement[];
  /** How often each network ran as one kernel, of how many runs. */
  readonly kernels: Readonly<Record<'encoder' | 'decoder' | 'runs', number>>;
  /** After one run, after five more, and after the networks were replaced. */
  readonly held: readonly Held[];
  /** Whether a run that was stopped ahead of its kernel said so and left nothing. */
  readonly stopped: boolean;
}

type Weights = { readonly encoder: EncoderWeights; readonly decoder: DecoderWeights };
const go = async () => undefined;

/** Bytes of all buffers of the device that were made and not destroyed. */
function countBytes(device: GPUDevice): () => number {
  let bytes = 0;
  const create = device.createBuffer.bind(device);
  device.createBuffer = (wish) => {
    const buffer = create(wish);
    const destroy = buffer.destroy.bind(buffer);
    bytes += buffer.size;
    buffer.destroy = () => {
      bytes -= buffer.size;
      buffer.destroy = destroy;
      return destroy();
    };
    return buffer;
  };
  return () => bytes;
}

/** Widths that fill no block and no tile, and weights that keep values near 1. */
function randomWeights(widths: Widths): Weights {
  const random = randomNumbers(7);
  const convolutions = <Name extends string>(layers: Readonly<Record<Name, LayerScales>>) => {
    const width = (scale: LayerScales[0]) => (scale === 'pixels' ? 3 : (widths[Math.log2(scale)] ?? NaN));
    const entries = Object.entries<LayerScales>(layers).map(([name, scales]): [string, Convolution] => {
      const [from, to] = [width(scales[0]), width(scales[1])];
      const values = (count: number, scale: number) =>
        Float32Array.from({ length: count }, () => random() * scale);
      const kernel = tensor4d(values(9 * from * to, 1 / Math.sqrt(2 * from)), [3, 3, from, to]);
      return [name, { kernel, bias: tensor1d(values(to, 0.5)) }];
    });
    return Object.fromEntries(entries) as Record<Name, Convolution>; // the table's own names
  };
  return { encoder: convolutions(ENCODER_LAYERS), decoder: decoderWeights(convolutions(DECODER_LAYERS)) };
}

function picture(height: number, width: number): Tensor4D {
  const random = randomNumbers(height * width);
  const values = Float32Array.from({ length: height * width * 3 }, () => 0.5 + 0.5 * random());
  return tensor4d(values, [1, height, width, 3]);
}

async function difference(one: Tensor4D, other: Tensor4D): Promise<number> {
  const [a, b] = [await one.data(), await other.data()];
  let [worst, largest] = [a.length === b.length ? 0 : Infinity, 0];
  for (let i = 0; i < b.length; i++) {
    const gap = Math.abs((a[i] ?? NaN) - (b[i] ?? NaN));
    worst = gap <= worst ? worst : gap; // NaN stays
    largest = Math.max(largest, Math.abs(b[i] ?? 0));
  }
  return worst / largest;
}

async function compare(
  name: string,
  { encoder, decoder }: Weights,
  height: number,
  width: number,
): Promise<Agreement> {
  const pixels = picture(height, width);
  const own = await encode(encoder, pixels, go);
  const reference = await encodeByLayers(encoder, pixels, go);
  const ownPicture = await decode(decoder, reference, go);
  const otherPicture = await decodeByLayers(decoder, reference, go);
  const agreement = {
    of: `${name}, ${width} x ${height}`,
    features: await difference(own, reference),
    pixels: await difference(ownPicture, otherPicture),
  };
  dispose([pixels, own, reference, ownPicture, otherPicture]);
  return agreement;
}

async function report(): Promise<KernelReport> {
  let networks = await startNetworks('webgpu');
  const gpu = backend() as WebGPUBackend; // just started
  const bytes = countBytes(gpu.device);
  const kernels = { encoder: 0, decoder: 0, runs: 0 };
  const run = engine().runKernel.bind(engine());
  engine().runKernel = (name, ...rest) => {
    if (name === ENCODE) kernels.encoder++;
    if (name === DECODE) kernels.decoder++;
    return run(name, ...rest);
  };

  const once = async (height: number, width: number): Promise<void> => {
    const pixels = picture(height, width);
    const features = await encode(networks.encoder, pixels, go);
    const output = await decode(networks.decoder, features, go);
    await output.data();
    dispose([pixels, output, features]);
    kernels.runs++;
  };
  const held = async (): Promise<Held> => {
    await gpu.device.queue.onSubmittedWorkDone();
    return { tensors: memory().numTensors, bytes: bytes() };
  };
  const all: Held[] = [];
  await once(48, 32);
  all.push(await held());
  for (let i = 0; i < 5; i++) await once(48, 32);
  all.push(await held());
  disposeNetworks(networks);
  networks = await loadNetworks(readWeights);
  await once(48, 32);
  all.push(await held());

  const agreements: Agreement[] = [];
  const compareAll = async (
    name: string,
    weights: Weights,
    sizes: readonly (readonly [number, number])[],
  ) => {
    for (const [height, width] of sizes) agreements.push(await compare(name, weights, height, width));
    kernels.runs += sizes.length;
  };
  await compareAll('shipped', networks, [[8, 8], [40, 88], [72, 20]]); // prettier-ignore
  const odd = randomWeights([4, 8, 36]);
  await compareAll('random', odd, [[12, 20], [56, 16]]); // prettier-ignore

  const pixels = picture(16, 16);
  const before = memory().numTensors;
  const stop = () => Promise.reject(new Error('stop'));
  const answer = await encode(networks.encoder, pixels, stop).catch((error: unknown) => String(error));
  const stopped = answer === 'Error: stop' && memory().numTensors === before;
  const precision = gpu.device.features.has('shader-f16') ? 'float16' : 'float32';
  return { precision, agreements, kernels, held: all, stopped };
}

const printed = await report();
process.stdout.write(JSON.stringify(printed), () => process.exit());
