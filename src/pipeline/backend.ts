import { backend, engine, ready, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { StartThread } from '../../app/models/wasm/team';
import type { BackendId, Probe } from './choose-backend';
import { Stopped, type Failure } from './failure';
import { threadsHere } from './wasm-threads';

/** A backend that is set and answers. */
export interface RunningBackend {
  readonly id: BackendId;
  /** Resolves when the device goes away, or has made an error; never on wasm. */
  readonly lost: Promise<Failure>;
}

/** Where the three wasm binaries of tfjs lie, by the names tfjs gives them. */
export type WasmFiles = Readonly<Record<string, string>>;

const FEATURES: readonly GPUFeatureName[] = ['shader-f16', 'subgroups', 'timestamp-query'];
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

/** SwiftShader, llvmpipe and Windows' WARP draw on the processor. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render/i;

/** Asks for an adapter and a device; never throws. */
export async function probeDevice(): Promise<{ readonly probe: Probe; readonly device?: GPUDevice }> {
  const threads = threadsHere();
  const none = (why: 'no-api' | 'no-adapter' | 'no-device') => ({
    probe: { gpu: { kind: 'none', why }, threads } as const,
  });
  if (!('gpu' in navigator)) return none('no-api');
  const adapter = await navigator.gpu
    .requestAdapter({ powerPreference: 'high-performance' })
    .catch(() => null);
  if (!adapter) return none('no-adapter');
  try {
    const device = await requestDevice(adapter);
    const { vendor, architecture, device: model, description, isFallbackAdapter } = adapter.info;
    const name = [vendor, architecture, model, description].filter(Boolean).join(' ') || 'unnamed';
    const software = isFallbackAdapter || SOFTWARE.test(name);
    return { probe: { gpu: { kind: software ? 'software' : 'hardware', name }, threads }, device };
  } catch {
    return none('no-device'); // the page says so; wasm runs
  }
}

/** tfjs asks for no float16 and no subgroups, so the device is requested here. */
function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  return adapter.requestDevice({
    requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature)),
    requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]])),
  });
}

const wasmCode = () =>
  Promise.all([import('@tensorflow/tfjs-backend-wasm'), import('../../app/models/wasm/install')]);
const webgpuCode = () =>
  Promise.all([import('@tensorflow/tfjs-backend-webgpu'), import('../../app/models/webgpu/install')]);

/** Fetches a backend's code before it is certain that it will run. */
export function expectBackend(id: BackendId): void {
  const code: Promise<unknown> = id === 'wasm' ? wasmCode() : webgpuCode();
  code.catch(() => undefined); // who uses the backend hears of it
}

/**
 * Gives tfjs the device, and the networks their kernels on it.
 * @throws Stopped 'gpu-lost' when tfjs cannot use the device
 */
export async function useWebGPU(device: GPUDevice): Promise<RunningBackend> {
  const lost = lossOf(device);
  const [{ WebGPUBackend }, { installKernels }] = await webgpuCode();
  if ('webgpu' in engine().registryFactory) removeBackend('webgpu'); // tfjs registers one with a device of its own
  registerBackend('webgpu', () => new WebGPUBackend(device, device.adapterInfo));
  if (!(await setBackend('webgpu')))
    throw new Stopped({ code: 'gpu-lost', reason: 'tfjs refused the device' });
  await ready();
  installKernels(backend() as InstanceType<typeof WebGPUBackend>); // the one registered above
  return { id: 'webgpu', lost };
}

/**
 * Resolves when the device can be trusted no longer: it went away, has no more memory, or has refused what it
 * was told. Whatever was to be made of that is empty, and nobody else hears of it: pictures would be black.
 */
function lossOf(device: GPUDevice): Promise<Failure> {
  return new Promise((resolve) => {
    void device.lost.then(({ message, reason }) => resolve({ code: 'gpu-lost', reason: message || reason }));
    device.addEventListener('uncapturederror', ({ error }) => {
      const exhausted = error instanceof GPUOutOfMemoryError;
      resolve(exhausted ? { code: 'out-of-memory' } : { code: 'gpu-lost', reason: error.message });
    });
  });
}

/**
 * @param threads     the main one included; tfjs takes half of the processors at most
 * @param startThread how our kernels' threads start, where it is not as in a browser
 * @throws Stopped 'no-backend'
 */
export async function useWasm(
  files: WasmFiles,
  threads = threadsHere(),
  startThread?: StartThread,
): Promise<RunningBackend> {
  const [{ setThreadsCount, setWasmPaths }, { installKernels }] = await wasmCode();
  setWasmPaths({ ...files });
  setThreadsCount(threads);
  if (!(await setBackend('wasm')))
    throw new Stopped({ code: 'no-backend', reason: 'WebAssembly did not start' });
  await ready();
  installKernels(backend() as BackendWasm, threads, startThread); // the one set above
  return { id: 'wasm', lost: new Promise(() => undefined) };
}
