import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import '@tensorflow/tfjs-backend-wasm'; // registers the flag that is set below
import { env } from '@tensorflow/tfjs-core';
import { loadNetworks, type Networks } from '../../app/models/weights';
import { probeDevice, useWasm, useWebGPU } from '../../src/pipeline/backend';
import { Stopped } from '../../src/pipeline/failure';
import { threadsHere } from '../../src/pipeline/wasm-threads';
import { weightsReader } from '../../src/pipeline/weights-reader';
import type { BenchBackend } from '../device';
import { enter, type Host, type Ready } from '../host';
import type { RacerName } from '../peers';
import type { Racer } from '../racers';

/** Who runs here, and on what; asked once, before any size. */
export interface Entry {
  readonly name: RacerName;
  readonly backend: BenchBackend;
  /** wasm's: as many as the page takes, or one. */
  readonly threads: 'several' | 'one';
}

const wasm = {
  'tfjs-backend-wasm.wasm': plain,
  'tfjs-backend-wasm-simd.wasm': simd,
  'tfjs-backend-wasm-threaded-simd.wasm': threaded,
};
const read = weightsReader(new URL('/weights/', self.location.origin));

let run: Racer['run'] | undefined;

self.onmessage = ({ data }: MessageEvent<Entry | number>) => void answer(data);

async function answer(question: Entry | number): Promise<void> {
  try {
    if (typeof question === 'number') return self.postMessage(await run?.(question));
    const host = hostOf(question);
    if (question.threads === 'several' && host.threads === 1) {
      return self.postMessage({
        absent: 'wasm takes half of the processors, and here that is one',
      } satisfies Ready);
    }
    const entered = await enter(host, question.name);
    run = entered.run;
    self.postMessage(entered.ready);
  } catch (error) {
    reportError(error); // the page hears of it
  }
}

function hostOf({ backend, threads: wish }: Entry): Host {
  const threads = wish === 'one' ? 1 : threadsHere();
  return {
    backend,
    threads,
    read,
    networks: () => (backend === 'wasm' ? onWasm(threads) : onGpu()),
    onnxruntime: () =>
      backend === 'webgpu' ? import('onnxruntime-web/webgpu') : import('onnxruntime-web/wasm'),
  };
}

async function onWasm(threads: number): Promise<Networks> {
  if (threads === 1) env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  await useWasm(wasm, threads);
  return loadNetworks(read);
}

async function onGpu(): Promise<Networks> {
  const { probe, device } = await probeDevice();
  if (!device) {
    const reason = probe.gpu.kind === 'none' ? probe.gpu.why : 'no device';
    throw new Stopped({ code: 'no-backend', reason });
  }
  const { lost } = await useWebGPU(device);
  void lost.then((failure) => reportError(new Stopped(failure))); // times after that mean nothing
  return loadNetworks(read);
}
