import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import {
  dispose,
  io,
  type NamedTensorMap,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { ChannelStatistics } from '../../src/norm';
import { DECODER_LAYERS, decoderWeights, type DecoderWeights } from './decoder';
import type { DinLayer, DinWeights } from './din-net';
import { ENCODER_LAYERS, type EncoderWeights } from './encoder';
import { prepareKernels, type Widths } from './kernels';
import type { Convolution, LayerScales, Scale } from './layers';
import { byLevel, type Level, type Levels } from './levels';

/** Fetches one file of `public/weights/`. Rejects with a WeightsError 'unreachable'. */
export type ReadFile = (name: string) => Promise<Uint8Array<ArrayBuffer>>;

/** The weights could not be had, or are not what the manifest says. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';
  constructor(
    readonly kind: 'unreachable' | 'damaged',
    readonly file: string,
    detail: string,
  ) {
    super(`${file}: ${detail}`);
  }
}

/** Everything that was trained. Tensors live until `disposeNetworks`. */
export interface Networks {
  readonly encoder: EncoderWeights;
  readonly decoder: DecoderWeights;
  readonly din: Levels<DinWeights>;
  /** Mean and std of the average training photo: what IN gives every photo. */
  readonly average: Levels<ChannelStatistics>;
  readonly channels: Levels<number>;
  /** sha256 of the encoder's file: statistics mean something to the encoder that measured them only. */
  readonly encoderDigest: string;
  /** Numbers trained, by part. */
  readonly parameters: Readonly<Record<'encoder' | 'decoder' | 'din', number>>;
  readonly tensors: readonly Tensor[];
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

const FORMAT = 'statistyle-weights/2';

/**
 * Reads the manifest and all files, and checks each file's sha256 and each tensor's shape.
 * @param read       how to get a file by its name
 * @param onProgress called with the share of bytes read, 0..1
 * @throws WeightsError
 */
export async function loadNetworks(read: ReadFile, onProgress?: (done: number) => void): Promise<Networks> {
  const manifest = parseManifest(await read('manifest.json'));
  prepareKernels(manifest.widths); // shaders compile while the files come
  const total = Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, 0);
  let arrived = 0;
  const groups = await Promise.all(
    manifest.weights.map(async ({ paths: [path], weights }) => {
      const bytes = await read(path);
      const digest = bytesToHex(sha256(bytes));
      if (digest !== manifest.files[path]?.sha256) {
        throw new WeightsError(
          'damaged',
          path,
          `sha256 is ${digest}, the manifest says ${manifest.files[path]?.sha256}`,
        );
      }
      arrived += bytes.byteLength;
      onProgress?.(arrived / total);
      return { bytes, weights };
    }),
  );
  const tensors: NamedTensorMap = {};
  for (const { bytes, weights } of groups) {
    const whole = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    Object.assign(tensors, io.decodeWeights(whole, weights));
  }
  try {
    return assemble(manifest, tensors);
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

function assemble({ widths, files }: Manifest, tensors: NamedTensorMap): Networks {
  const counts = { encoder: 0, decoder: 0, din: 0 };
  const take = <T extends Tensor>(name: string, shape: readonly number[]): T => {
    const tensor = tensors[name];
    if (!tensor) throw new WeightsError('damaged', name, 'missing');
    if (tensor.shape.join() !== shape.join()) {
      throw new WeightsError('damaged', name, `shape is [${tensor.shape}], expected [${shape}]`);
    }
    const [part] = name.split('/');
    if (part === 'encoder' || part === 'decoder' || part === 'din') counts[part] += tensor.size;
    return tensor as T; // rank checked with the shape
  };
  const width = (scale: Scale): number => (scale === 'pixels' ? 3 : (widths[Math.log2(scale)] ?? NaN));
  const convolutions = <Name extends string>(part: string, layers: Readonly<Record<Name, LayerScales>>) =>
    mapped(layers, ([from, to], name): Convolution => {
      return {
        kernel: take<Tensor4D>(`${part}/${name}/kernel`, [3, 3, width(from), width(to)]),
        bias: take<Tensor1D>(`${part}/${name}/bias`, [width(to)]),
      };
    });
  const channels = { fine: width(4), coarse: width(8) };
  const dinOf = (level: Level): DinWeights => {
    const hidden = tensors[`din/${level}/think/bias`]?.size ?? 0;
    const kernels = tensors[`din/${level}/pointwise/bias`]?.size ?? 0; // channels times the size of a group
    const shapes: Readonly<Record<DinLayer, readonly [number, number]>> = {
      see: [2 * channels[level] + kernels, hidden],
      think: [hidden, hidden],
      pointwise: [hidden, kernels],
      depthwise: [hidden, 9 * channels[level]],
      bias: [hidden, channels[level]],
    };
    return mapped(shapes, ([from, to], layer) => ({
      kernel: take<Tensor2D>(`din/${level}/${layer}/kernel`, [from, to]),
      bias: take<Tensor1D>(`din/${level}/${layer}/bias`, [to]),
    }));
  };
  const averageOf = (level: Level): ChannelStatistics => ({
    mean: take<Tensor1D>(`average-photo/${level}/mean`, [channels[level]]),
    std: take<Tensor1D>(`average-photo/${level}/std`, [channels[level]]),
  });
  const encoder = convolutions('encoder', ENCODER_LAYERS);
  const din = byLevel(dinOf);
  const average = byLevel(averageOf);
  const decoder = decoderWeights(convolutions('decoder', DECODER_LAYERS));
  const phases = [decoder.up4, decoder.up2, decoder.up1].flatMap((up) =>
    up.phases.map(({ kernel }) => kernel),
  );
  const alive = Object.values(tensors).filter((tensor) => !tensor.isDisposed);
  const encoderDigest = files['encoder.bin']?.sha256 ?? '';
  const all = [...alive, ...phases];
  return { encoder, decoder, din, average, channels, encoderDigest, parameters: counts, tensors: all };
}

/** An object of the same keys. */
function mapped<Key extends string, T, U>(all: Readonly<Record<Key, T>>, change: (one: T, key: Key) => U) {
  const entries = Object.entries<T>(all).map(([key, one]) => [key, change(one, key as Key)]); // its own keys
  return Object.fromEntries(entries) as Readonly<Record<Key, U>>;
}
