import { engine, relu, tidy, type Tensor4D } from '@tensorflow/tfjs-core';
import { DECODE, kernelsReady, namedWeights, type Widths } from './kernels';
import {
  convolve,
  phaseKernels,
  runLayers,
  upConvolve,
  upConvolveToColour,
  type BetweenLayers,
  type Convolution,
  type Layer,
  type LayerScales,
  type UpConvolution,
} from './layers';
import { CELL, type Features } from './features';

/** Layers are named like the encoder's; the `up` ones see their input at twice its size. */
export const DECODER_LAYERS = {
  conv4_1: [4, 4],
  conv4_2: [4, 4],
  up2: [4, 2],
  conv2: [2, 2],
  up1: [2, 1],
  conv1: [1, 'pixels'],
} as const satisfies Record<string, LayerScales>;

export type DecoderLayer = keyof typeof DECODER_LAYERS;
type UpLayer = Extract<DecoderLayer, `up${string}`>;
export type DecoderWeights = Readonly<
  Record<Exclude<DecoderLayer, UpLayer>, Convolution> & Record<UpLayer, UpConvolution>
>;

/** Trained 3x3 kernels to what the decoder runs on: phase kernels where a layer follows an upsampling. */
export function decoderWeights(trained: Readonly<Record<DecoderLayer, Convolution>>): DecoderWeights {
  const up = (layer: UpLayer): UpConvolution => {
    const phases = phaseKernels(trained[layer]);
    trained[layer].kernel.dispose();
    return phases;
  };
  return { ...trained, up2: up('up2'), up1: up('up1') };
}

/** From the features to the pixels. */
export function decoderLayers(weights: DecoderWeights): readonly Layer[] {
  const layer = (name: DecoderLayer, run: (x: Tensor4D) => Tensor4D): Layer => ({ name, run });
  return [
    layer('conv4_1', (features) => tidy(() => convolve(relu(features), weights.conv4_1))),
    layer('conv4_2', (x) => convolve(x, weights.conv4_2)),
    layer('up2', (x) => upConvolve(x, weights.up2)),
    layer('conv2', (x) => convolve(x, weights.conv2)),
    layer('conv1', (x) => upConvolveToColour(x, weights.up1, weights.conv1)), // after up1
  ];
}

/** Channels at each scale, as the weights have them. */
export function decoderWidths({ up1, up2, conv4_1 }: DecoderWeights): Widths {
  return [up1.bias.size, up2.bias.size, conv4_1.bias.size];
}

/**
 * Features to pixels.
 * @param features [1, H, W, C] with H and W at least 2; left alive
 * @param between  see `runLayers`; awaited once where the backend takes the network as one kernel
 * @returns        new pixels [1, 4H, 4W, 3], about 0..1, not clipped
 */
export async function decode(
  weights: DecoderWeights,
  features: Features,
  between: BetweenLayers,
): Promise<Tensor4D> {
  const widths = decoderWidths(weights);
  const [, rows, columns] = features.shape;
  if (await kernelsReady(widths, { height: CELL * rows, width: CELL * columns })) {
    await between(0);
    const inputs = { features, ...namedWeights(weights) };
    return engine().runKernel<Tensor4D>(DECODE, inputs, { widths: [...widths] });
  }
  return decodeByLayers(weights, features, between);
}

/** `decode`, layer by layer, on any backend. */
export function decodeByLayers(
  weights: DecoderWeights,
  features: Features,
  between: BetweenLayers,
): Promise<Tensor4D> {
  return runLayers(features, decoderLayers(weights), between);
}
