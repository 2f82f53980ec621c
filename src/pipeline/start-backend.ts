import { setBackend } from '@tensorflow/tfjs-core';
import { disposeNetworks, loadNetworks, type Networks } from '../../app/models/weights';
import { WeightsError, type ReadFile } from '../../app/models/weights-file';
import {
  expectBackend,
  probeDevice,
  useWasm,
  useWebGPU,
  type RunningBackend,
  type WasmFiles,
} from './backend';
import {
  chooseBackend,
  deviceName,
  type BackendReport,
  type BackendWish,
  type Because,
  type Probe,
  type Timings,
} from './choose-backend';
import { createEngine, type Engine } from './engine';
import type { Failure } from './failure';
import { strength } from './request';
import { threadsHere } from './wasm-threads';
import { readAhead } from './weights-reader';

export interface StartOptions {
  readonly wish: BackendWish;
  readonly timings: Timings | undefined;
  readonly gpuFailed: boolean;
  readonly read: ReadFile;
  readonly wasm: WasmFiles;
  readonly loading: (done: number) => void;
}

export interface Started {
  readonly engine: Engine;
  readonly report: BackendReport;
  readonly lost: Promise<Failure>;
}

/**
 * Probes the device, takes the backend that `chooseBackend` says (timing both when it cannot know), and
 * loads the networks onto it. While it probes, the weights and the likely backend's code are on their way.
 * A GPU that fails before it is ready leaves wasm.
 * @throws Stopped, WeightsError
 */
export async function startBackend(options: StartOptions): Promise<Started> {
  const { wish, timings, gpuFailed, read, wasm } = options;
  const wasFaster = timings && timings.webgpuMs <= timings.wasmMs ? 'webgpu' : 'wasm';
  expectBackend(gpuFailed ? 'wasm' : wish === 'auto' ? wasFaster : wish); // ahead of the weights: more follows it
  readAhead(read);
  if (gpuFailed || wish === 'wasm') {
    const because: Because = { code: gpuFailed ? 'gpu-failed' : 'asked' };
    return onBackend(
      await useWasm(wasm),
      { gpu: { kind: 'none', why: 'no-api' }, threads: threadsHere() },
      because,
    );
  }
  const { probe, device } = await probeDevice();
  const choice = chooseBackend(wish, probe, timings);
  let because: Because = choice.kind === 'use' ? choice.because : { code: 'no-device' };
  if (device && (choice.kind === 'time-both' || choice.backend === 'webgpu')) {
    try {
      if (choice.kind === 'time-both') return await faster(device, probe);
      return await onBackend(await useWebGPU(device), probe, because);
    } catch (error) {
      if (error instanceof WeightsError) throw error;
      because = { code: 'gpu-failed' };
    }
  }
  device?.destroy();
  return onBackend(await useWasm(wasm), probe, because);

  async function onBackend(backend: RunningBackend, probe: Probe, because: Because): Promise<Started> {
    const engine = createEngine(await networksOf(options));
    return { engine, lost: backend.lost, report: reportOf(backend, probe, because) };
  }

  /** Two networks, one timed run each; the slower is let go. */
  async function faster(device: GPUDevice, probe: Probe): Promise<Started> {
    const gpu = await useWebGPU(device);
    const onGpu = await networksOf(options);
    const webgpuMs = await timedRun(onGpu);
    const cpu = await useWasm(wasm);
    const onCpu = await networksOf(options);
    const wasmMs = await timedRun(onCpu);
    const measured: Timings = { device: deviceName(probe), webgpuMs, wasmMs };
    const gpuWins = webgpuMs <= wasmMs;
    disposeNetworks(gpuWins ? onCpu : onGpu);
    await setBackend(gpuWins ? 'webgpu' : 'wasm');
    const engine = createEngine(gpuWins ? onGpu : onCpu);
    const backend = gpuWins ? gpu : cpu;
    return {
      engine,
      lost: backend.lost,
      report: reportOf(backend, probe, { code: 'faster', timings: measured }),
    };
  }
}

function reportOf({ id }: RunningBackend, { gpu, threads }: Probe, because: Because): BackendReport {
  return {
    running: id,
    because,
    threads,
    ...(gpu.kind === 'none' ? {} : { gpu: gpu.name }),
    ...(because.code === 'faster' ? { timings: because.timings } : {}),
  };
}

function networksOf({ read, loading }: StartOptions): Promise<Networks> {
  return loadNetworks(read, loading);
}

const SIDE = 128;

/** Milliseconds of one small run; a run before it compiles the shaders. */
async function timedRun(networks: Networks): Promise<number> {
  const data = new Uint8ClampedArray(SIDE * SIDE * 4).map((_, i) => (i * 2654435761) >>> 24);
  const engine = createEngine(networks);
  const source = {
    size: { width: SIDE, height: SIDE },
    draw: async () => ({ width: SIDE, height: SIDE, data }),
  };
  const run = async (): Promise<number> => {
    const picture = engine.keep(source);
    const start = performance.now();
    await engine.stylise({
      norm: { id: 'adain' },
      content: picture,
      styles: [{ picture, weight: 1 }],
      strength: strength(1),
      contentSize: SIDE,
      styleSize: SIDE,
      colour: 'style',
    });
    return performance.now() - start;
  };
  await run();
  const took = await run();
  engine.dispose();
  return took;
}
