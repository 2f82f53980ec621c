import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { getKernel, registerKernel, type KernelFunc } from '@tensorflow/tfjs-core';
import { COVARIANCE, PAD, ROOTS } from '../../../src/norm';
import { CONVOLVE, CONVOLVE_PHASES, UPSAMPLE } from '../map-kernels';
import { convolve, convolvePhases, upsample } from './convolutions';
import { teams } from './desk';
import { instantiate } from './instance';
import { covariance, pad } from './maps';
import { roots } from './roots';
import type { StartThread } from './team';

const BACKEND = 'wasm';
const KERNELS: Readonly<Record<string, KernelFunc>> = {
  [PAD]: pad,
  [CONVOLVE]: convolve,
  [UPSAMPLE]: upsample,
  [CONVOLVE_PHASES]: convolvePhases,
  [COVARIANCE]: covariance,
  [ROOTS]: roots,
};

/** As tfjs starts its own. */
const fromBlob: StartThread = (program) => {
  const address = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
  return new Worker(address);
};

/**
 * Gives tfjs's wasm backend our kernels. False: they cannot run there, and tfjs's operations do.
 * @param threads the main one included; one where the backend's memory is not shared
 * @param start   what the others are started by
 */
export function installKernels(backend: BackendWasm, threads = 1, start: StartThread = fromBlob): boolean {
  if (!teams.has(backend)) {
    const team = instantiate(backend, threads, start);
    if (!team) return false;
    teams.set(backend, team);
  }
  for (const [kernelName, kernelFunc] of Object.entries(KERNELS)) {
    if (!getKernel(kernelName, BACKEND)) registerKernel({ kernelName, backendName: BACKEND, kernelFunc });
  }
  return true;
}
