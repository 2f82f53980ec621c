import { enableProdMode, setBackend } from '@tensorflow/tfjs-core';
import type { Networks } from '../app/models/weights';
import type { ReadFile } from '../app/models/weights-file';
import { Stopped } from '../src/pipeline/failure';
import { deviceOf, type BenchBackend, type Device } from './device';
import type { OnnxRuntime } from './onnx-racer';
import type { RacerName } from './peers';
import { ourselves, tfjsPeer, type Racer } from './racers';

/** What a process or a worker has for the one racer in it. */
export interface Host {
  readonly backend: BenchBackend;
  /** Threads for wasm, the racer's own included. */
  readonly threads: number;
  /** Gives a file of `public/weights/`. */
  readonly read: ReadFile;
  /** Starts tfjs on the backend and loads the networks that ship onto it. */
  readonly networks: () => Promise<Networks>;
  readonly onnxruntime: () => Promise<OnnxRuntime>;
}

/** A racer, and what it runs on. */
export interface Placed extends Racer {
  readonly device: Device;
}

/** What a racer tells first, from its process or its page; laps follow, one for each size that it is sent. */
export type Ready = Pick<Placed, 'title' | 'cost' | 'device'> | { readonly absent: string };

/** The backend is not to be had here, or its browser is not. */
export class Absent extends Error {
  override readonly name = 'Absent';
}

/** The racer's first message, and how it runs; without a backend, that it does not. */
export async function enter(
  host: Host,
  name: RacerName,
): Promise<{ readonly ready: Ready; readonly run?: Racer['run'] }> {
  try {
    const { title, cost, run } = await start(host, name);
    return { ready: { title, cost, device: await deviceOf(host) }, run };
  } catch (error) {
    if (!(error instanceof Stopped && error.failure.code === 'no-backend')) throw error;
    return { ready: { absent: error.failure.reason } };
  }
}

async function start(host: Host, name: RacerName): Promise<Racer> {
  enableProdMode(); // tfjs greets on the console otherwise
  if (name === 'onnx') {
    const [{ onnxPeer }] = await Promise.all([
      import('./onnx-racer'),
      import('@tensorflow/tfjs-backend-cpu'), // tfjs only holds the weights
    ]);
    await setBackend('cpu');
    return onnxPeer(await host.onnxruntime(), host);
  }
  const networks = await host.networks();
  return name === 'statistyle' ? ourselves(networks) : tfjsPeer(name, host.read);
}
