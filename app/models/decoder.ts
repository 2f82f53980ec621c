import type { Tensor4D } from '@tensorflow/tfjs-core';
import {
  convolve,
  phaseKernels,
  runLayers,
  upConvolve,
  type BetweenLayers,
  type Convolution,
  type Layer,
  type UpConvolution,
} from './layers';

/** The encoder mirrored. `upsampled` layers see their input at twice its size. */
export const DECODER_LAYERS = [
  { name: 'conv4_1', upsampled: false },
  { name: 'conv3_4', upsampled: true },
  { name: 'conv3_3', upsampled: false },
  { name: 'conv3_2', upsampled: false },
  { name: 'conv3_1', upsampled: false },
  { name: 'conv2_2', upsampled: true },
  { name: 'conv2_1', upsampled: false },
  { name: 'conv1_2', upsampled: true },
  { name: 'conv1_1', upsampled: false },
] as const;

type PlainLayer = 'conv4_1' | 'conv3_3' | 'conv3_2' | 'conv3_1' | 'conv2_1' | 'conv1_1';
type UpsampledLayer = 'conv3_4' | 'conv2_2' | 'conv1_2';
export type DecoderWeights = Readonly<
  Record<PlainLayer, Convolution> & Record<UpsampledLayer, UpConvolution>
>;

/** Trained 3x3 kernels to what the decoder runs on: phase kernels where a layer follows an upsampling. */
export function decoderWeights(read: (layer: PlainLayer | UpsampledLayer) => Convolution): DecoderWeights {
  const up = (layer: UpsampledLayer): UpConvolution => {
    const trained = read(layer);
    const phases = phaseKernels(trained);
    trained.kernel.dispose();
    return phases;
  };
  return {
    conv4_1: read('conv4_1'),
    conv3_4: up('conv3_4'),
    conv3_3: read('conv3_3'),
    conv3_2: read('conv3_2'),
    conv3_1: read('conv3_1'),
    conv2_2: up('conv2_2'),
    conv2_1: read('conv2_1'),
    conv1_2: up('conv1_2'),
    conv1_1: read('conv1_1'),
  };
}

export function decoderLayers(weights: DecoderWeights): Layer[] {
  return DECODER_LAYERS.map((layer) => ({
    name: layer.name,
    run: (x) => {
      if (layer.upsampled) return upConvolve(x, weights[layer.name]);
      return convolve(x, weights[layer.name], layer.name === 'conv1_1' ? 'linear' : 'relu');
    },
  }));
}

/**
 * Features to pixels.
 * @param features [1, H, W, C], H and W at least 2; left alive
 * @param between  see `runLayers`
 * @returns        new pixels [1, 8H, 8W, 3], about 0..1, not clipped
 */
export function decode(
  weights: DecoderWeights,
  features: Tensor4D,
  between: BetweenLayers,
): Promise<Tensor4D> {
  return runLayers(features, decoderLayers(weights), between);
}
