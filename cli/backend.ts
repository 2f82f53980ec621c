import { enableProdMode, ready, setBackend } from '@tensorflow/tfjs-core';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { loadNetworks, type Networks } from '../app/models/weights';
import { WeightsError } from '../app/models/weights-file';
import { probeDevice, useWasm, useWebGPU } from '../src/pipeline/backend';
import { failureOf, Stopped } from '../src/pipeline/failure';
import type { CliBackend } from './option-values';

/**
 * Starts a backend and loads the trained networks onto it.
 * @throws Stopped 'no-backend', and WeightsError
 */
export async function startNetworks(backend: CliBackend): Promise<Networks> {
  enableProdMode(); // tfjs greets on the console otherwise
  await start(backend);
  return loadNetworks(readWeights);
}

async function start(backend: CliBackend): Promise<void> {
  try {
    switch (backend) {
      case 'wasm':
        return await startWasm();
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

/** As many workers as tfjs's wasm module makes at its start. */
const POOL = 8;

/** Threads that wasm takes, the main one included: tfjs takes half of the processors at most. */
export function wasmThreads(): number {
  return Math.min(POOL, Math.max(1, Math.floor(availableParallelism() / 2)));
}

async function startWasm(): Promise<void> {
  const threads = wasmThreads();
  const started = threads > 1 ? (await import('./wasm-threads')).useThreads(threads) : undefined;
  const { resolve } = createRequire(import.meta.url);
  await useWasm(
    Object.fromEntries(
      WASM_FILES.map((name) => [name, resolve(`@tensorflow/tfjs-backend-wasm/dist/${name}`)]),
    ),
    started,
  );
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
  await useWebGPU(device);
}

const WEIGHTS = new URL('../public/weights/', import.meta.url);

export async function readWeights(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(
    await readFile(new URL(name, WEIGHTS)).catch((error: unknown) => {
      throw new WeightsError('unreachable', name, String(error));
    }),
  );
}
