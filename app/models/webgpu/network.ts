import { DECODER_LAYERS, type DecoderLayer } from '../decoder';
import { ENCODER_LAYERS, type EncoderLayer } from '../encoder';
import type { Widths } from '../kernels';
import type { LayerScales, Scale } from '../layers';

/** Where a map lies: a float32 tensor of tfjs, or one of the two scratch buffers, which take turns. */
export type Place = 'pixels' | 'features' | 'ping' | 'pong';

/** What one layer does, in words that every size of picture shares. */
export interface NetworkLayer {
  readonly name: string;
  /** A 3x3 convolution of stride 1 or 2, or the four 2x2 phases of one after a nearest 2x upsampling. */
  readonly kind: 'same' | 'down' | 'up';
  readonly from: Place;
  readonly to: Place;
  readonly channels: readonly [from: number, to: number];
  /** The picture's side over the map's. */
  readonly scales: readonly [from: number, to: number];
  readonly reluOnInput: boolean;
  readonly relu: boolean;
}

export type NetworkName = 'encoder' | 'decoder';

/** The layers of a network, in order. `encoder.ts` and `decoder.ts` say the same in tfjs's operations. */
export function networkLayers(network: NetworkName, widths: Widths): readonly NetworkLayer[] {
  return network === 'encoder' ? encoderLayers(widths) : decoderLayers(widths);
}

function encoderLayers(widths: Widths): readonly NetworkLayer[] {
  const layer = layerOf<EncoderLayer>(ENCODER_LAYERS, widths);
  return [
    layer('conv1', 'pixels', 'ping'),
    layer('down2', 'ping', 'pong'),
    layer('conv2', 'pong', 'ping'),
    layer('down4', 'ping', 'pong'),
    layer('conv4', 'pong', 'features', { relu: false }),
  ];
}

function decoderLayers(widths: Widths): readonly NetworkLayer[] {
  const layer = layerOf<DecoderLayer>(DECODER_LAYERS, widths);
  return [
    layer('conv4_1', 'features', 'ping', { reluOnInput: true }),
    layer('conv4_2', 'ping', 'pong'),
    layer('up2', 'pong', 'ping'),
    layer('conv2', 'ping', 'pong'),
    layer('up1', 'pong', 'ping'),
    layer('conv1', 'ping', 'pixels', { relu: false }),
  ];
}

type Unusual = Partial<Pick<NetworkLayer, 'relu' | 'reluOnInput'>>;

function layerOf<Name extends string>(table: Readonly<Record<Name, LayerScales>>, widths: Widths) {
  const side = (scale: Scale): number => (scale === 'pixels' ? 1 : scale);
  const width = (scale: Scale): number => (scale === 'pixels' ? 3 : (widths[Math.log2(scale)] ?? NaN));
  return (name: Name, from: Place, to: Place, unusual: Unusual = {}): NetworkLayer => {
    const [before, after] = table[name];
    const scales = [side(before), side(after)] as const;
    const kind = scales[0] === scales[1] ? 'same' : scales[0] < scales[1] ? 'down' : 'up';
    const channels = [width(before), width(after)] as const;
    return { name, kind, from, to, channels, scales, relu: true, reluOnInput: false, ...unusual };
  };
}
