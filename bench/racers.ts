import { dispose, getBackend, randomUniform, tidy, type Rank, type Tensor4D } from '@tensorflow/tfjs-core';
import { decode } from '../app/models/decoder';
import { encode } from '../app/models/encoder';
import type { Features } from '../app/models/features';
import type { Networks } from '../app/models/weights';
import type { ReadFile } from '../app/models/weights-file';
import { adain, applyEdit, disposeEdit, statisticsOf } from '../src/norm';
import { costOf, type Cost } from './count';
import { PEERS, TFJS_PEERS, type RacerName, type TfjsPeerName } from './peers';
import { networkOf } from './runner';
import { stopwatch, type Passed } from './stopwatch';
import { knownStyle, randomWeights, trainedWeights } from './weights';

/** What one run took: all of it, and by stage (ms) where the stages lie one after another. */
export interface Lap extends Passed {
  readonly stages?: Readonly<Record<'encode' | 'edit' | 'decode', number>>;
}

/** Somebody who takes part, from pixels in memory to pixels in memory, the style known. */
export interface Racer {
  readonly name: RacerName;
  readonly title: string;
  readonly cost: Cost;
  /** Restyles a square picture of random pixels, whose side is a multiple of 8. */
  readonly run: (size: number) => Promise<Lap>;
  readonly dispose: () => void;
}

/** Our pipeline by its public functions: encode, AdaIN, decode. The networks stay alive. */
export function ourselves(networks: Networks): Racer {
  const style = knownStyle(networks.channels);
  return {
    name: 'statistyle',
    title: 'Statistyle',
    cost: costOf(PEERS['stock-ops'].steps, { phases: true }),
    dispose: () => dispose([style.mean, style.std]),
    run: onPixels(async (pixels) => {
      const passed = stopwatch();
      const features = await encode(networks.encoder, pixels, go);
      const encoded = passed().ms;
      const edited = restyled(features, style);
      features.dispose();
      const normalised = passed().ms;
      const output = await decode(networks.decoder, edited, go);
      await output.data();
      const whole = passed();
      dispose([output, edited]);
      const stages = { encode: encoded, edit: normalised - encoded, decode: whole.ms - normalised };
      return getBackend() === 'wasm' ? { ...whole, stages } : whole; // WebGPU only queues the first two
    }),
  };
}

/** The picture is drawn before the clock starts. */
export function onPixels(run: (pixels: Tensor4D) => Promise<Lap>): Racer['run'] {
  return async (size) => {
    const pixels = randomUniform<Rank.R4>([1, size, size, 3], 0, 1);
    return run(pixels).finally(() => pixels.dispose());
  };
}

/** AdaIN to a style that is known: new features. */
export function restyled(features: Features, style: ReturnType<typeof knownStyle>): Features {
  return tidy(() => {
    const edit = adain(statisticsOf(features), style);
    const edited = applyEdit(features, edit);
    disposeEdit(edit);
    return edited;
  });
}

const go = async (): Promise<void> => undefined;

/** @param read gives a file of `public/weights/`: the straight port runs the trained kernels, others random ones */
export async function tfjsPeer(name: TfjsPeerName, read: ReadFile): Promise<Racer> {
  const { title, steps, fused } = TFJS_PEERS[name];
  const trained = name === 'stock-ops' ? await trainedWeights(read) : undefined;
  const network = networkOf({ steps, fused }, trained?.source ?? randomWeights);
  trained?.dispose();
  return {
    name,
    title,
    cost: costOf(steps),
    dispose: network.dispose,
    run: onPixels(async (pixels) => {
      const passed = stopwatch();
      const output = network.run(pixels);
      await output.data();
      const lap = passed();
      output.dispose();
      return lap;
    }),
  };
}
