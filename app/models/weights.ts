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
import { DIN_LAYERS, type DinWeights } from './din-net';
import { ENCODER_LAYERS, type EncoderWeights } from './encoder';
import type { Convolution } from './layers';

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
  readonly din: DinWeights;
  /** Mean and std of the average training photo: what IN gives every photo. */
  readonly average: ChannelStatistics;
  /** Channels at the bottleneck. */
  readonly channels: number;
  /** Numbers trained, by part. */
  readonly parameters: Readonly<Record<'encoder' | 'decoder' | 'din', number>>;
  readonly tensors: readonly Tensor[];
}

interface Manifest {
  readonly format: string;
  readonly widths: readonly [number, number, number, number];
  readonly files: Readonly<Record<string, { readonly sha256: string; readonly bytes: number }>>;
  readonly weights: readonly {
    readonly paths: readonly [string];
    readonly weights: io.WeightsManifestEntry[];
  }[];
}

const FORMAT = 'statistyle-weights/1';

/**
 * Reads the manifest and all files, and checks each file's sha256 and each tensor's shape.
 * @param read       how to get a file by its name
 * @param onProgress called with the share of bytes read, 0..1
 * @throws WeightsError
 */
export async function loadNetworks(read: ReadFile, onProgress?: (done: number) => void): Promise<Networks> {
  const manifest = parseManifest(await read('manifest.json'));
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

function assemble({ widths }: Manifest, tensors: NamedTensorMap): Networks {
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
  const width = (layer: string): number => widths[Number(layer[4]) - 1] ?? NaN; // 'conv3_1' is of level 3
  const convolution = (part: string, layer: string, from: number, to: number): Convolution => ({
    kernel: take<Tensor4D>(`${part}/${layer}/kernel`, [3, 3, from, to]),
    bias: take<Tensor1D>(`${part}/${layer}/bias`, [to]),
  });
  const inputs = (layers: readonly { readonly name: string }[], first: number, index: number): number => {
    const before = layers[index - 1];
    return before ? width(before.name) : first;
  };
  const encoder = Object.fromEntries(
    ENCODER_LAYERS.map(({ name }, i) => [
      name,
      convolution('encoder', name, inputs(ENCODER_LAYERS, 3, i), width(name)),
    ]),
  ) as EncoderWeights;
  // The decoder mirrors: a layer's output is what the encoder layer of the same name took in.
  const decoder = decoderWeights((layer) => {
    const i = ENCODER_LAYERS.findIndex(({ name }) => name === layer);
    return convolution('decoder', layer, width(layer), inputs(ENCODER_LAYERS, 3, i));
  });
  const [, , , channels] = widths;
  const hidden = tensors['din/think/bias']?.size ?? 0;
  const perGroup = (tensors['din/pointwise/bias']?.size ?? 0) / channels;
  const dinShapes = {
    see: [2 * channels + channels * perGroup, hidden],
    think: [hidden, hidden],
    pointwise: [hidden, channels * perGroup],
    depthwise: [hidden, channels * 9],
    bias: [hidden, channels],
  };
  const din = Object.fromEntries(
    DIN_LAYERS.map((layer) => {
      const [from = NaN, to = NaN] = dinShapes[layer];
      const kernel = take<Tensor2D>(`din/${layer}/kernel`, [from, to]);
      return [layer, { kernel, bias: take<Tensor1D>(`din/${layer}/bias`, [to]) }];
    }),
  ) as DinWeights;
  const average = {
    mean: take<Tensor1D>('average-photo/mean', [channels]),
    std: take<Tensor1D>('average-photo/std', [channels]),
  };
  const phases = DECODER_LAYERS.flatMap(({ name, upsampled }) =>
    upsampled ? decoder[name].phases.map(({ kernel }) => kernel) : [],
  );
  const alive = Object.values(tensors).filter((tensor) => !tensor.isDisposed);
  return { encoder, decoder, din, average, channels, parameters: counts, tensors: [...alive, ...phases] };
}
