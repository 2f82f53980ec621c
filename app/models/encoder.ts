import { tidy, type Tensor4D } from '@tensorflow/tfjs-core';
import { convolve, pool, runLayers, type BetweenLayers, type Convolution, type Layer } from './layers';

/** VGG-19's layers to relu4_1; `pooled` ones are followed by ReLU and 2x2 max pooling, the others by ReLU. */
export const ENCODER_LAYERS = [
  { name: 'conv1_1', pooled: false },
  { name: 'conv1_2', pooled: true },
  { name: 'conv2_1', pooled: false },
  { name: 'conv2_2', pooled: true },
  { name: 'conv3_1', pooled: false },
  { name: 'conv3_2', pooled: false },
  { name: 'conv3_3', pooled: false },
  { name: 'conv3_4', pooled: true },
  { name: 'conv4_1', pooled: false },
] as const;

/** Pixels per cell of the bottleneck, each way. */
export const CELL = 8;

export type EncoderLayer = (typeof ENCODER_LAYERS)[number]['name'];
export type EncoderWeights = Readonly<Record<EncoderLayer, Convolution>>;

export function encoderLayers(weights: EncoderWeights): Layer[] {
  return ENCODER_LAYERS.map(({ name, pooled }) => ({
    name,
    run: (x) => (pooled ? tidy(() => pool(convolve(x, weights[name]))) : convolve(x, weights[name])),
  }));
}

/**
 * Pixels to features: a narrow VGG-19 to relu4_1 (Simonyan & Zisserman 2014, arXiv:1409.1556).
 * @param pixels  [1, H, W, 3] in 0..1, sRGB; H and W multiples of 8, at least 16; left alive
 * @param between see `runLayers`
 * @returns       new features [1, H/8, W/8, C]
 */
export function encode(weights: EncoderWeights, pixels: Tensor4D, between: BetweenLayers): Promise<Tensor4D> {
  return runLayers(pixels, encoderLayers(weights), between);
}
