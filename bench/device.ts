import { probeDevice } from '../src/pipeline/backend';
import type { Probe } from '../src/pipeline/choose-backend';
import type { Host } from './host';

export type BenchBackend = 'wasm' | 'webgpu';

/** What a racer ran on. */
export type Device =
  | { readonly backend: 'wasm'; readonly threads: number }
  | { readonly backend: 'webgpu'; readonly gpu: Probe['gpu']; readonly float16: boolean }; // what ours computes in

/** What this process or worker has, once `navigator.gpu` is there. */
export async function deviceOf({ backend, threads }: Pick<Host, 'backend' | 'threads'>): Promise<Device> {
  if (backend === 'wasm') return { backend, threads };
  const { probe, device } = await probeDevice();
  const float16 = device?.features.has('shader-f16') === true;
  device?.destroy();
  return { backend, gpu: probe.gpu, float16 };
}

/** Whether the processor plays the GPU: its times say nothing of one. */
export function isSoftware(device: Device): boolean {
  return device.backend === 'webgpu' && device.gpu.kind === 'software';
}

/** In a table's words. */
export function deviceTitle(device: Device): string {
  if (device.backend === 'wasm') {
    return `wasm, ${device.threads} ${device.threads === 1 ? 'thread' : 'threads'}`;
  }
  const { gpu, float16 } = device;
  if (gpu.kind === 'none') return 'WebGPU, no device';
  const precision = float16 ? ', ours in float16, the others in float32' : '';
  return gpu.kind === 'software'
    ? `WebGPU in software (${gpu.name}), no GPU${precision}`
    : `WebGPU, ${gpu.name}${precision}`;
}
