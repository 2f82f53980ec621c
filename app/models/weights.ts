import {
  dispose,
  type io,
  type NamedTensorMap,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { ChannelStatistics } from '../../src/norm';
import { decodeWeights } from './decode-weights';
import { DECODER_LAYERS, decoderWeights, type DecoderWeights } from './decoder';
import type { DinLayer, DinWeights } from './din-net';
import { ENCODER_LAYERS, type EncoderWeights } from './encoder';
import { prepareKernels, type Widths } from './kernels';
import type { Convolution, LayerScales, Scale } from './layers';
import { once } from './once';
import { readChecked, WeightsError, type ReadFile } from './weights-file';

/** What the features of a training photo have on average. */
export interface AveragePhoto extends ChannelStatistics {
  /** [C], what colours bring to a channel's variance; 0 where there is nothing else. */
  readonly colour: Tensor1D;
}

/** Everything that was trained. Tensors live until `disposeNetworks`. */
export interface Networks {
  readonly encoder: EncoderWeights;
  readonly decoder: DecoderWeights;
  /** DIN's predictor: read when first asked for, then kept. Rejects with a WeightsError. */
  readonly din: () => Promise<DinWeights>;
  /** IN gives every photo its mean and std. */
  readonly average: AveragePhoto;
  readonly channels: number; // of the features
  /** sha256 of the encoder's file: statistics mean something to the encoder that measured them only. */
  readonly encoderDigest: string;
  /** Numbers trained, by part. */
  readonly parameters: Readonly<Record<'encoder' | 'decoder' | 'din', number>>;
  readonly tensors: readonly Tensor[]; // those of DIN join when they are read
}

interface Manifest {
  readonly format: string;
  readonly widths: Widths;
  readonly files: Readonly<Record<string, { readonly sha256: string; readonly bytes: number }>>;
  readonly weights: readonly {
    readonly paths: readonly [string];
    readonly weights: io.WeightsManifestEntry[];
  }[];
}

const FORMAT = 'statistyle-weights/5';

/** Not needed for a first picture. */
export const DIN_FILE = 'din.bin';
/** All that is: what a page can ask for before it has seen the manifest. */
export const FIRST_FILES = ['manifest.json', 'encoder.bin', 'decoder.bin', 'average-photo.bin'] as const;

/**
 * Reads the manifest and all files but DIN's, and checks each file's sha256 and each tensor's shape.
 * @param read       how to get a file by its name
 * @param onProgress called with the share of bytes read, 0..1
 * @throws WeightsError
 */
export async function loadNetworks(read: ReadFile, onProgress?: (done: number) => void): Promise<Networks> {
  const manifest = parseManifest(await read('manifest.json'));
  prepareKernels(manifest.widths); // shaders compile while the files come
  const groups = manifest.weights.filter(({ paths: [path] }) => path !== DIN_FILE);
  const total = groups.reduce((sum, { paths: [path] }) => sum + (manifest.files[path]?.bytes ?? 0), 0);
  let arrived = 0;
  const files = await Promise.all(
    groups.map(async (group) => {
      const bytes = await readGroup(read, manifest, group);
      arrived += bytes.byteLength;
      onProgress?.(arrived / total);
      return { bytes, group };
    }),
  );
  const tensors: NamedTensorMap = {};
  for (const { bytes, group } of files) Object.assign(tensors, decodeWeights(bytes, group.weights));
  return orDisposed(tensors, () => {
    const alive: Tensor[] = [];
    const networks = assemble(manifest, tensors, alive);
    const din = once(async () => {
      const group = manifest.weights.find(({ paths: [path] }) => path === DIN_FILE);
      if (!group) throw new WeightsError('damaged', DIN_FILE, 'not in the manifest');
      const own = decodeWeights(await readGroup(read, manifest, group), group.weights);
      return orDisposed(own, () => {
        const predictor = assembleDin(networks.channels, own);
        alive.push(...Object.values(own));
        return predictor;
      });
    });
    return { ...networks, din };
  });
}

type Group = Manifest['weights'][number];

function readGroup(read: ReadFile, { files }: Manifest, { paths: [path] }: Group) {
  return readChecked(read, path, files[path]?.sha256);
}

/** What is made of tensors; they are disposed when they are refused. */
function orDisposed<T>(tensors: NamedTensorMap, make: () => T): T {
  try {
    return make();
  } catch (error) {
    dispose(tensors);
    throw error;
  }
}

export function disposeNetworks({ tensors }: Networks): void {
  dispose([...tensors]);
}

function parseManifest(bytes: Uint8Array): Manifest {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(new TextDecoder().decode(bytes)) as Manifest; // checked below, tensor by tensor
  } catch {
    throw new WeightsError('damaged', 'manifest.json', 'not JSON');
  }
  if (manifest.format !== FORMAT) {
    throw new WeightsError('damaged', 'manifest.json', `format is ${manifest.format}, expected ${FORMAT}`);
  }
  return manifest;
}

/** Takes tensors by name, each of the shape that is expected. */
function taker(tensors: NamedTensorMap) {
  return <T extends Tensor>(name: string, shape: readonly number[]): T => {
    const tensor = tensors[name];
    if (!tensor) throw new WeightsError('damaged', name, 'missing');
    if (tensor.shape.join() !== shape.join()) {
      throw new WeightsError('damaged', name, `shape is [${tensor.shape}], expected [${shape}]`);
    }
    return tensor as T; // rank checked with the shape
  };
}

/** @param alive takes every tensor that must be disposed with the networks */
function assemble(manifest: Manifest, tensors: NamedTensorMap, alive: Tensor[]): Omit<Networks, 'din'> {
  const { widths, files } = manifest;
  const take = taker(tensors);
  const width = (scale: Scale): number => (scale === 'pixels' ? 3 : (widths[Math.log2(scale)] ?? NaN));
  const convolutions = <Name extends string>(part: string, layers: Readonly<Record<Name, LayerScales>>) =>
    mapped(layers, ([from, to], name): Convolution => {
      return {
        kernel: take<Tensor4D>(`${part}/${name}/kernel`, [3, 3, width(from), width(to)]),
        bias: take<Tensor1D>(`${part}/${name}/bias`, [width(to)]),
      };
    });
  const channels = width(4);
  const encoder = convolutions('encoder', ENCODER_LAYERS);
  const average: AveragePhoto = {
    mean: take<Tensor1D>('average-photo/mean', [channels]),
    std: take<Tensor1D>('average-photo/std', [channels]),
    colour: take<Tensor1D>('average-photo/colour', [channels]),
  };
  const decoder = decoderWeights(convolutions('decoder', DECODER_LAYERS));
  const phases = [decoder.up2, decoder.up1].flatMap((up) => up.phases.map(({ kernel }) => kernel));
  alive.push(...Object.values(tensors).filter((tensor) => !tensor.isDisposed), ...phases);
  const encoderDigest = files['encoder.bin']?.sha256 ?? '';
  const parameters = {
    encoder: numbersOf(manifest, 'encoder'),
    decoder: numbersOf(manifest, 'decoder'),
    din: numbersOf(manifest, 'din'),
  };
  return { encoder, decoder, average, channels, encoderDigest, parameters, tensors: alive };
}

function assembleDin(channels: number, tensors: NamedTensorMap): DinWeights {
  const take = taker(tensors);
  const hidden = tensors['din/think/bias']?.size ?? 0;
  const kernels = tensors['din/pointwise/bias']?.size ?? 0; // channels times the size of a group
  const shapes: Readonly<Record<DinLayer, readonly [number, number]>> = {
    see: [2 * channels + kernels, hidden],
    think: [hidden, hidden],
    pointwise: [hidden, kernels],
    depthwise: [hidden, 9 * channels],
    bias: [hidden, channels],
  };
  return mapped(shapes, ([from, to], layer) => ({
    kernel: take<Tensor2D>(`din/${layer}/kernel`, [from, to]),
    bias: take<Tensor1D>(`din/${layer}/bias`, [to]),
  }));
}

/** How many numbers were trained of one part, as the manifest says: scales only belong to how they are stored. */
function numbersOf({ weights }: Manifest, part: string): number {
  const specs = weights
    .flatMap((group) => group.weights)
    .filter(({ name }) => name.startsWith(`${part}/`) && !name.endsWith('/scale'));
  return specs.reduce((sum, { shape }) => sum + shape.reduce((size, side) => size * side, 1), 0);
}

/** An object of the same keys. */
function mapped<Key extends string, T, U>(all: Readonly<Record<Key, T>>, change: (one: T, key: Key) => U) {
  const entries = Object.entries<T>(all).map(([key, one]) => [key, change(one, key as Key)]); // its own keys
  return Object.fromEntries(entries) as Readonly<Record<Key, U>>;
}
