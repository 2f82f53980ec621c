import { engine, type Tensor4D } from '@tensorflow/tfjs-core';
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
import type { Features } from './levels';

/** Layers are named like the encoder's; the `up` ones see their input at twice its size. */
export const DECODER_LAYERS = {
  conv8: [8, 8],
  up4: [8, 4],
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
  return { ...trained, up4: up('up4'), up2: up('up2'), up1: up('up1') };
}

/** From `coarse` to the pixels; `fine` is added where the map has its size. */
export function decoderLayers(weights: DecoderWeights, fine: Features['fine']): readonly Layer[] {
  const layer = (name: DecoderLayer, run: (x: Tensor4D) => Tensor4D): Layer => ({ name, run });
  return [
    layer('conv8', (x) => convolve(x, weights.conv8)),
    layer('up4', (x) => upConvolve(x, weights.up4, fine)),
    layer('conv4_1', (x) => convolve(x, weights.conv4_1)),
    layer('conv4_2', (x) => convolve(x, weights.conv4_2)),
    layer('up2', (x) => upConvolve(x, weights.up2)),
    layer('conv2', (x) => convolve(x, weights.conv2)),
    layer('conv1', (x) => upConvolveToColour(x, weights.up1, weights.conv1)), // after up1
  ];
}

/** Channels at each scale, as the weights have them. */
export function decoderWidths({ up1, up2, up4, conv8 }: DecoderWeights): Widths {
  return [up1.bias.size, up2.bias.size, up4.bias.size, conv8.bias.size];
}

/**
 * Features to pixels.
 * @param features coarse [1, H, W, C] with H and W at least 2, fine of twice its size; left alive
 * @param between  see `runLayers`; awaited once where the backend takes the network as one kernel
 * @returns        new pixels [1, 8H, 8W, 3], about 0..1, not clipped
 */
export async function decode(
  weights: DecoderWeights,
  features: Features,
  between: BetweenLayers,
): Promise<Tensor4D> {
  const widths = decoderWidths(weights);
  const [, rows, columns] = features.coarse.shape;
  if (await kernelsReady(widths, { height: 8 * rows, width: 8 * columns })) {
    await between(0);
    const inputs = { ...features, ...namedWeights(weights) };
    return engine().runKernel<Tensor4D>(DECODE, inputs, { widths: [...widths] });
  }
  return decodeByLayers(weights, features, between);
}

/** `decode`, layer by layer, on any backend. */
export function decodeByLayers(
  weights: DecoderWeights,
  { fine, coarse }: Features,
  between: BetweenLayers,
): Promise<Tensor4D> {
  return runLayers(coarse, decoderLayers(weights, fine), between);
}
