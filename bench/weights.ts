import {
  dispose,
  randomUniform,
  tensor1d,
  zeros,
  type io,
  type NamedTensorMap,
  type Rank,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { decodeWeights } from '../app/models/decode-weights';
import type { ChannelStatistics } from '../src/norm';
import { kernelShape, type Convolution } from './steps';

export interface LayerWeights {
  readonly kernel: Tensor4D;
  readonly bias?: Tensor1D; // [out]
}

/** Gives a convolution its parameters: new tensors, which the caller disposes. */
export type WeightSource = (convolution: Convolution) => LayerWeights;

/** Of a size that keeps activations near 1 (He et al. 2015): no speed comes from zeros, none is lost to overflow. */
export const randomWeights: WeightSource = (convolution) => {
  const { size, from, to, groups, bias } = convolution;
  const most = Math.sqrt((6 * groups) / (size ** 2 * from));
  return {
    kernel: randomUniform<Rank.R4>(kernelShape(convolution), -most, most),
    ...(bias && { bias: zeros<Rank.R1>([to]) as Tensor1D }),
  };
};

/**
 * The kernels that were trained, by their names, before anything is made of them.
 * @param read gives a file of `public/weights/`
 */
export async function trainedWeights(
  read: (name: string) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<{ readonly source: WeightSource; readonly dispose: () => void }> {
  const manifest = JSON.parse(new TextDecoder().decode(await read('manifest.json'))) as {
    readonly weights: readonly { readonly paths: [string]; readonly weights: io.WeightsManifestEntry[] }[];
  }; // the app checks it when it loads the networks
  const tensors: NamedTensorMap = {};
  for (const { paths, weights } of manifest.weights) {
    Object.assign(tensors, decodeWeights(await read(paths[0]), weights));
  }
  const take = (name: string) => {
    const tensor = tensors[name];
    if (!tensor) throw new Error(`${name} is not in the weights; names are those of app/models/weights.ts`);
    return tensor.clone();
  };
  return {
    source: ({ name }) => ({
      kernel: take(`${name}/kernel`) as Tensor4D, // the shape is checked by the convolution
      bias: take(`${name}/bias`) as Tensor1D,
    }),
    dispose: () => dispose(tensors),
  };
}

/** A style that is known: some mean and std for each channel, the same for all who take part. New. */
export function knownStyle(channels: number): ChannelStatistics {
  const wave = (phase: number) => Array.from({ length: channels }, (_, c) => Math.sin(c + phase));
  return { mean: tensor1d(wave(0)), std: tensor1d(wave(1).map((value) => 1 + value / 2)) };
}
