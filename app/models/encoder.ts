import { engine, type Tensor4D } from '@tensorflow/tfjs-core';
import { ENCODE, kernelsReady, namedWeights, type Widths } from './kernels';
import {
  convolve,
  runLayers,
  type BetweenLayers,
  type Convolution,
  type Layer,
  type LayerScales,
} from './layers';
import type { Features } from './features';

/** Layers are named by the share of the picture's side that their output has: `down4` steps to a quarter. */
export const ENCODER_LAYERS = {
  conv1: ['pixels', 1],
  down2: [1, 2],
  conv2: [2, 2],
  down4: [2, 4],
  conv4: [4, 4],
} as const satisfies Record<string, LayerScales>;

export type EncoderLayer = keyof typeof ENCODER_LAYERS;
export type EncoderWeights = Readonly<Record<EncoderLayer, Convolution>>;

/** From the pixels to the features. */
export function encoderLayers(weights: EncoderWeights): readonly Layer[] {
  const layer = (name: EncoderLayer, run: (x: Tensor4D) => Tensor4D): Layer => ({ name, run });
  return [
    layer('conv1', (x) => convolve(x, weights.conv1)),
    layer('down2', (x) => convolve(x, weights.down2, { stride: 2 })),
    layer('conv2', (x) => convolve(x, weights.conv2)),
    layer('down4', (x) => convolve(x, weights.down4, { stride: 2 })),
    layer('conv4', (x) => convolve(x, weights.conv4, { activation: 'linear' })),
  ];
}

/** Channels at each scale, as the weights have them. */
export function encoderWidths({ conv1, conv2, conv4 }: EncoderWeights): Widths {
  return [conv1.bias.size, conv2.bias.size, conv4.bias.size];
}

/**
 * Pixels to features. Strided convolutions halve the map, so only one layer works at full size.
 * @param pixels  [1, H, W, 3] in 0..1, sRGB; H and W multiples of 4, at least 8; left alive
 * @param between see `runLayers`; awaited once where the backend takes the network as one kernel
 * @returns       new features, linear; the caller disposes them
 */
export async function encode(
  weights: EncoderWeights,
  pixels: Tensor4D,
  between: BetweenLayers,
): Promise<Features> {
  const widths = encoderWidths(weights);
  const [, height, width] = pixels.shape;
  if (await kernelsReady(widths, { height, width })) {
    await between(0);
    const inputs = { pixels, ...namedWeights(weights) };
    return engine().runKernel<Features>(ENCODE, inputs, { widths: [...widths] });
  }
  return encodeByLayers(weights, pixels, between);
}

/** `encode`, layer by layer, on any backend. */
export function encodeByLayers(
  weights: EncoderWeights,
  pixels: Tensor4D,
  between: BetweenLayers,
): Promise<Features> {
  return runLayers(pixels, encoderLayers(weights), between);
}
