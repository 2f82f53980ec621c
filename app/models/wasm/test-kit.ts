import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { backend, getKernelsForBackend, unregisterKernel } from '@tensorflow/tfjs-core';
import { installKernels } from './install';

/** Shared by tests only: runs on wasm without our kernels, which come back afterwards. */
export async function withoutKernels<T>(work: () => T | Promise<T>): Promise<T> {
  for (const { kernelName } of getKernelsForBackend('wasm')) {
    if (kernelName.startsWith('Statistyle')) unregisterKernel(kernelName, 'wasm');
  }
  try {
    return await work();
  } finally {
    installKernels(backend() as BackendWasm); // tests run on wasm
  }
}
