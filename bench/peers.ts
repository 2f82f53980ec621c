import { bilinear, conv, nearest, norm, pool, relu, residual, separable, type Step } from './steps';

interface Network {
  readonly title: string;
  readonly steps: readonly Step[];
}

/** A network to race against, run by tfjs. */
export interface TfjsPeer extends Network {
  readonly engine: 'tfjs';
  /** Whether bias and ReLU are part of the convolution, as tfjs's converter leaves them, or steps of their own. */
  readonly fused: boolean;
}

/** Written as an ONNX file, and run by onnxruntime-web, which fuses as it sees fit. */
export interface OnnxPeer extends Network {
  readonly engine: 'onnxruntime-web';
}

/** Statistyle's own network (`training/model.py`). */
const STATISTYLE: readonly Step[] = [
  conv(3, 3, 16, { name: 'encoder/conv1' }),
  conv(3, 16, 32, { name: 'encoder/down2', stride: 2 }),
  conv(3, 32, 32, { name: 'encoder/conv2' }),
  conv(3, 32, 64, { name: 'encoder/down4', stride: 2 }),
  conv(3, 64, 64, { name: 'encoder/conv4', activation: 'linear' }),
  norm(64),
  relu,
  conv(3, 64, 64, { name: 'decoder/conv4_1' }),
  conv(3, 64, 64, { name: 'decoder/conv4_2' }),
  nearest,
  conv(3, 64, 32, { name: 'decoder/up2' }),
  conv(3, 32, 32, { name: 'decoder/conv2' }),
  nearest,
  conv(3, 32, 16, { name: 'decoder/up1' }),
  conv(3, 16, 3, { name: 'decoder/conv1', activation: 'linear' }),
];

/**
 * VGG-19 to relu4_1, AdaIN, and the encoder mirrored: the 1x1 layer at the start centres the colours.
 * Paper: Huang & Belongie 2017, arXiv:1703.06868.
 */
const VGG_ADAIN: readonly Step[] = [
  conv(1, 3, 3, { activation: 'linear' }),
  ...[conv(3, 3, 64), conv(3, 64, 64), pool],
  ...[conv(3, 64, 128), conv(3, 128, 128), pool],
  ...[conv(3, 128, 256), conv(3, 256, 256), conv(3, 256, 256), conv(3, 256, 256), pool],
  ...[conv(3, 256, 512), norm(512), conv(3, 512, 256), nearest],
  ...[conv(3, 256, 256), conv(3, 256, 256), conv(3, 256, 256), conv(3, 256, 128), nearest],
  ...[conv(3, 128, 128), conv(3, 128, 64), nearest],
  ...[conv(3, 64, 64), conv(3, 64, 3, { activation: 'linear' })],
];

const styled = (size: number, from: number, to: number): readonly Step[] => [
  ...separable(size, from, to),
  norm(to),
];

/**
 * The transformer of Magenta's page in its separable variant: the three layers down are dense and their batch
 * norm is folded into the bias; all others are separable, each with a conditional instance norm.
 * Paper: Ghiasi et al. 2017, arXiv:1705.06830; which layers are separable is in the published
 * model's list of weights (`reiinakano/arbitrary-image-stylization-tfjs`).
 */
const MAGENTA: readonly Step[] = [
  conv(9, 3, 32),
  conv(3, 32, 64, { stride: 2 }),
  conv(3, 64, 128, { stride: 2 }),
  ...Array.from({ length: 5 }, () => residual([...styled(3, 128, 128), relu, ...styled(3, 128, 128)])),
  ...[nearest, ...styled(3, 128, 64), relu],
  ...[nearest, ...styled(3, 64, 32), relu],
  ...styled(9, 32, 3),
  { op: 'activate', as: 'sigmoid' },
];

const linear64 = conv(3, 64, 64, { activation: 'linear' });
const filtered: Step = { op: 'modulate', channels: 64, steps: [linear64] };

/**
 * Content encoder and decoder; grouped convolutions are each followed by a 1x1 one. AdaIN acts twice, and
 * the style scales what the decoder's residual convolutions give.
 * Paper: Wang et al. 2023, arXiv:2211.15313; kernel sizes and groups as in its published code.
 */
const MICROAST: readonly Step[] = [
  conv(9, 3, 16),
  ...[conv(3, 16, 32, { stride: 2, groups: 16 }), conv(1, 32, 32)],
  ...[conv(3, 32, 64, { stride: 2, groups: 32 }), conv(1, 64, 64)],
  residual([conv(3, 64, 64), linear64]),
  residual([conv(3, 64, 64), linear64]),
  ...[norm(64), residual([filtered, relu, filtered])],
  ...[norm(64), residual([filtered, relu, filtered])],
  ...[bilinear, conv(3, 64, 32, { groups: 32 }), conv(1, 32, 32)],
  ...[bilinear, conv(3, 32, 16, { groups: 16 }), conv(1, 16, 16)],
  conv(9, 16, 3, { activation: 'linear' }),
];

/** By the names that `--peers` takes; ours runs beside them always. */
export const TFJS_PEERS = {
  'stock-ops': { title: 'Statistyle as stock tfjs ops', steps: STATISTYLE, engine: 'tfjs', fused: false },
  magenta: { title: 'Magenta, separable (Ghiasi 2017)', steps: MAGENTA, engine: 'tfjs', fused: true },
  microast: { title: 'MicroAST (Wang 2023)', steps: MICROAST, engine: 'tfjs', fused: true },
  'vgg-adain': {
    title: 'AdaIN, full-width VGG-19 (Huang & Belongie 2017)',
    steps: VGG_ADAIN,
    engine: 'tfjs',
    fused: true,
  },
} as const satisfies Record<string, TfjsPeer>;

export const PEERS = {
  ...TFJS_PEERS,
  onnx: { title: 'Statistyle in onnxruntime-web', steps: STATISTYLE, engine: 'onnxruntime-web' },
} as const satisfies Record<string, TfjsPeer | OnnxPeer>;

export type TfjsPeerName = keyof typeof TFJS_PEERS;
export const TFJS_PEER_NAMES = Object.keys(TFJS_PEERS) as TfjsPeerName[]; // its own keys
export type PeerName = keyof typeof PEERS;
export const PEER_NAMES = Object.keys(PEERS) as PeerName[];
/** `statistyle` is our own pipeline. */
export type RacerName = 'statistyle' | PeerName;
