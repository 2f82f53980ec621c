/** Which backend runs, and why: pure, so that every device can be tested without owning it. */

export type BackendId = 'webgpu' | 'wasm';
export type BackendWish = 'auto' | BackendId;

/** What a device turned out to have. */
export interface Probe {
  readonly gpu:
    | { readonly kind: 'none'; readonly why: 'no-api' | 'no-adapter' | 'no-device' }
    | { readonly kind: 'software' | 'hardware'; readonly name: string };
  readonly threads: number; // 1 without cross-origin isolation
}

/** Milliseconds of one 128 px run on each backend, and the device they were measured on. */
export interface Timings {
  readonly device: string;
  readonly webgpuMs: number;
  readonly wasmMs: number;
}

/** Why the one that runs was taken; the page has one sentence for each. */
export type Because =
  | { readonly code: 'asked' }
  | { readonly code: 'asked-in-vain' } // WebGPU was asked for and there is none
  | { readonly code: 'no-api' | 'no-adapter' | 'no-device' }
  | { readonly code: 'software-gpu'; readonly name: string }
  | { readonly code: 'faster'; readonly timings: Timings }
  | { readonly code: 'gpu-failed' }; // it was there, and did not work

export interface BackendReport {
  readonly running: BackendId;
  readonly because: Because;
  readonly gpu?: string; // the adapter's name
  readonly threads: number;
  readonly timings?: Timings; // to be remembered
}

export type Choice =
  | { readonly kind: 'use'; readonly backend: BackendId; readonly because: Because }
  | { readonly kind: 'time-both' };

/** A name for the device that remembered timings are valid for. */
export function deviceName({ gpu, threads }: Probe): string {
  return `${gpu.kind === 'none' ? gpu.why : gpu.name}, ${threads} threads`;
}

/** Software GPUs are passed over unless forced: they are 50 times slower than wasm. */
export function chooseBackend(wish: BackendWish, probe: Probe, timings?: Timings): Choice {
  const use = (backend: BackendId, because: Because): Choice => ({ kind: 'use', backend, because });
  const { gpu } = probe;
  if (wish === 'wasm') return use('wasm', { code: 'asked' });
  if (wish === 'webgpu') {
    return gpu.kind === 'none' ? use('wasm', { code: 'asked-in-vain' }) : use('webgpu', { code: 'asked' });
  }
  if (gpu.kind === 'none') return use('wasm', { code: gpu.why });
  if (gpu.kind === 'software') return use('wasm', { code: 'software-gpu', name: gpu.name });
  if (timings?.device !== deviceName(probe)) return { kind: 'time-both' };
  return use(timings.webgpuMs <= timings.wasmMs ? 'webgpu' : 'wasm', { code: 'faster', timings });
}
