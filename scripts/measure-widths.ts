/**
 * What widths cost on wasm: `npx tsx scripts/measure-widths.ts [--size 512] [--rounds 9] [--clock wall]`.
 *
 * Networks with random weights encode and decode a picture, in turns. Medians of rounds, and of the rounds' ratios
 * to the widths that ship. A layer whose channels are no multiple of 8 is left to tfjs's operations. `--clock cpu` counts this process's processor time, which others disturb less.
 */
import { dispose, randomUniform, zeros, type Rank, type Tensor1D } from '@tensorflow/tfjs-core';
import { DECODER_LAYERS, decode, decoderWeights, type DecoderLayer } from '../app/models/decoder';
import { ENCODER_LAYERS, encode, type EncoderLayer } from '../app/models/encoder';
import type { Widths } from '../app/models/kernels';
import type { Convolution, LayerScales, Scale } from '../app/models/layers';
import { startNetworks } from '../cli/backend';
import { cpuMs, median, option } from './measured';

const SHIPPED: Widths = [16, 32, 64];
const OTHERS: readonly Widths[] = [
  [12, 24, 48],
  [24, 48, 96],
  [32, 64, 128],
  [8, 32, 64],
  [16, 32, 96],
];
const WARM_UP = 2;

const SIZE = Number(option('--size', '512'));
const ROUNDS = Number(option('--rounds', '9'));
const CPU = option('--clock', 'wall') === 'cpu';

const now = (): number => (CPU ? cpuMs() : performance.now());

/** Convolutions of these widths, of a size that keeps activations near 1 (He et al. 2015). */
function randomLayers<Name extends string>(layers: Readonly<Record<Name, LayerScales>>, widths: Widths) {
  const width = (scale: Scale): number => (scale === 'pixels' ? 3 : (widths[Math.log2(scale)] ?? NaN));
  const made = Object.entries<LayerScales>(layers).map(([name, [from, to]]) => {
    const most = Math.sqrt(6 / (9 * width(from)));
    const kernel = randomUniform<Rank.R4>([3, 3, width(from), width(to)], -most, most);
    return [name, { kernel, bias: zeros<Rank.R1>([width(to)]) as Tensor1D }] as const;
  });
  return Object.fromEntries(made) as Record<Name, Convolution>; // one for each name
}

await startNetworks('wasm');
const pixels = randomUniform<Rank.R4>([1, SIZE, SIZE, 3], 0, 1);
const networks = [SHIPPED, ...OTHERS].map((widths) => ({
  widths,
  encoder: randomLayers<EncoderLayer>(ENCODER_LAYERS, widths),
  decoder: decoderWeights(randomLayers<DecoderLayer>(DECODER_LAYERS, widths)),
  times: [] as number[],
}));
for (let round = -WARM_UP; round < ROUNDS; round++) {
  for (const { encoder, decoder, times } of networks) {
    const start = now();
    const features = await encode(encoder, pixels, async () => undefined);
    const output = await decode(decoder, features, async () => undefined);
    await output.data();
    if (round >= 0) times.push(now() - start);
    dispose([features, output]);
  }
}
const [shipped] = networks;
console.log(`${SIZE} x ${SIZE} px, encode and decode, ms of ${CPU ? 'processor time' : 'time'}`);
console.table(
  Object.fromEntries(
    networks.map(({ widths, times }) => {
      const ratio = median(times.map((ms, i) => ms / (shipped?.times[i] ?? NaN)));
      return [widths.join('/'), { ms: Math.round(median(times)), 'of shipped': Number(ratio.toFixed(2)) }];
    }),
  ),
);
process.exit(0); // the backend's threads would keep Node alive
