import { engine, relu, tidy, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { ENCODE, kernelsReady, namedWeights, type Widths } from './kernels';
import {
  convolve,
  runLayers,
  type BetweenLayers,
  type Convolution,
  type Layer,
  type LayerScales,
} from './layers';
import type { Features, Levels } from './levels';

/** Layers are named by the share of the picture's side that their output has: `down4` steps to a quarter. */
export const ENCODER_LAYERS = {
  conv1: ['pixels', 1],
  down2: [1, 2],
  conv2: [2, 2],
  down4: [2, 4],
  conv4: [4, 4],
  down8: [4, 8],
  conv8: [8, 8],
} as const satisfies Record<string, LayerScales>;

export type EncoderLayer = keyof typeof ENCODER_LAYERS;
export type EncoderWeights = Readonly<Record<EncoderLayer, Convolution>>;

/** From the pixels to `fine`, and from `fine` to `coarse`. */
export function encoderLayers(weights: EncoderWeights): Levels<readonly Layer[]> {
  const layer = (name: EncoderLayer, run: (x: Tensor4D) => Tensor4D): Layer => ({ name, run });
  return {
    fine: [
      layer('conv1', (x) => convolve(x, weights.conv1)),
      layer('down2', (x) => convolve(x, weights.down2, { stride: 2 })),
      layer('conv2', (x) => convolve(x, weights.conv2)),
      layer('down4', (x) => convolve(x, weights.down4, { stride: 2 })),
      layer('conv4', (x) => convolve(x, weights.conv4, { activation: 'linear' })),
    ],
    coarse: [
      layer('down8', (fine) => tidy(() => convolve(relu(fine), weights.down8, { stride: 2 }))),
      layer('conv8', (x) => convolve(x, weights.conv8, { activation: 'linear' })),
    ],
  };
}

/** Channels at each scale, as the weights have them. */
export function encoderWidths({ conv1, conv2, conv4, conv8 }: EncoderWeights): Widths {
  return [conv1.bias.size, conv2.bias.size, conv4.bias.size, conv8.bias.size];
}

/**
 * Pixels to features. Strided convolutions halve the map, so only one layer works at full size.
 * @param pixels  [1, H, W, 3] in 0..1, sRGB; H and W multiples of 8, at least 16; left alive
 * @param between see `runLayers`; awaited once where the backend takes the network as one kernel
 * @returns       new features, linear; the caller disposes both maps
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
    const [fine, coarse] = engine().runKernel<Tensor[]>(ENCODE, inputs, { widths: [...widths] });
    return { fine, coarse } as Features; // of rank 4
  }
  return encodeByLayers(weights, pixels, between);
}

/** `encode`, layer by layer, on any backend. */
export async function encodeByLayers(
  weights: EncoderWeights,
  pixels: Tensor4D,
  between: BetweenLayers,
): Promise<Features> {
  const layers = encoderLayers(weights);
  const share = layers.fine.length / (layers.fine.length + layers.coarse.length);
  const fine = await runLayers(pixels, layers.fine, (done) => between(done * share));
  try {
    const coarse = await runLayers(fine, layers.coarse, (done) => between(share + done * (1 - share)));
    return { fine, coarse };
  } catch (error) {
    fine.dispose();
    throw error;
  }
}
