import { enableProdMode, ready, setBackend } from '@tensorflow/tfjs-core';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { loadNetworks, type Networks } from '../app/models/weights';
import { WeightsError } from '../app/models/weights-file';
import { probeDevice, useWasm, useWebGPU } from '../src/pipeline/backend';
import { failureOf, Stopped, type Failure } from '../src/pipeline/failure';
import { wasmThreads } from '../src/pipeline/wasm-threads';
import type { CliBackend } from './option-values';
import { exitCodeOf, sentenceOf } from './sentences';

/**
 * Starts a backend and loads the trained networks onto it.
 * @param threads of wasm, the main one included
 * @throws Stopped 'no-backend', and WeightsError
 */
export async function startNetworks(backend: CliBackend, threads = commandLineThreads()): Promise<Networks> {
  enableProdMode(); // tfjs greets on the console otherwise
  await start(backend, threads);
  return loadNetworks(readWeights);
}

async function start(backend: CliBackend, threads: number): Promise<void> {
  try {
    switch (backend) {
      case 'wasm':
        return await startWasm(threads);
      case 'webgpu':
        return await startWebGPU();
      case 'cpu':
        await import('@tensorflow/tfjs'); // brings the backend in plain JavaScript, and registers it
        await setBackend('cpu');
        return await ready();
      default:
        return backend satisfies never;
    }
  } catch (error) {
    if (error instanceof Stopped) throw error;
    const failure = failureOf(error);
    throw new Stopped({
      code: 'no-backend',
      reason: failure.code === 'bug' ? failure.message : failure.code,
    });
  }
}

const WASM_FILES = [
  'tfjs-backend-wasm.wasm',
  'tfjs-backend-wasm-simd.wasm',
  'tfjs-backend-wasm-threaded-simd.wasm',
];

/** Those of a page, but both of two processors: here nothing is drawn beside (docs/decisions.md). */
export function commandLineThreads(): number {
  const processors = availableParallelism();
  return Math.max(wasmThreads(processors), Math.min(processors, 2));
}

async function startWasm(threads: number): Promise<void> {
  const { resolve } = createRequire(import.meta.url);
  const files = Object.fromEntries(
    WASM_FILES.map((name) => [name, resolve(`@tensorflow/tfjs-backend-wasm/dist/${name}`)]),
  );
  if (threads === 1) return void (await useWasm(files, 1));
  const { withThreads } = await import('./wasm-threads');
  await withThreads(threads, (start) => useWasm(files, threads, start));
}

/** Dawn, the WebGPU of Chromium, as a Node module. */
async function startWebGPU(): Promise<void> {
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  if (!('navigator' in globalThis)) Object.defineProperty(globalThis, 'navigator', { value: {} }); // Node 20
  Object.defineProperty(navigator, 'gpu', { value: create([]) });
  const { probe, device } = await probeDevice();
  if (!device) {
    const reason =
      probe.gpu.kind === 'none' && probe.gpu.why === 'no-adapter' ? 'no GPU was found' : 'the GPU refused';
    throw new Stopped({ code: 'no-backend', reason });
  }
  const { lost } = await useWebGPU(device);
  void lost.then(giveUp);
}

/** What a GPU has made after an error cannot be trusted, and one that went away never answers. */
function giveUp(failure: Failure): never {
  process.stderr.write(`${sentenceOf(failure)}\n`);
  process.exit(exitCodeOf(failure));
}

const WEIGHTS = new URL('../public/weights/', import.meta.url);

export async function readWeights(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(
    await readFile(new URL(name, WEIGHTS)).catch((error: unknown) => {
      throw new WeightsError('unreachable', name, String(error));
    }),
  );
}
