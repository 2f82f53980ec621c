import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

/** The GPU buffer of a tensor, uploaded if it was not there yet; tfjs's own, for reading. */
export function bufferOf(backend: WebGPUBackend, { dataId }: TensorInfo): GPUBuffer {
  backend.uploadToGPU(dataId);
  const { resource } = backend.tensorMap.get(dataId);
  if (resource instanceof GPUBuffer) return resource;
  throw new Error('a network was given a tensor that lies in a texture');
}

/** Sends what tfjs has recorded and not yet sent, so that what we send comes after it. */
export function flush(backend: WebGPUBackend): void {
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
}

/** The two maps that layers write in turn. Each grows to the largest picture that came and stays. */
export interface Scratch {
  readonly of: (
    bytes: Readonly<Record<'ping' | 'pong', number>>,
  ) => Readonly<Record<'ping' | 'pong', GPUBuffer>>;
  readonly bytes: () => number;
}

export function createScratch(device: GPUDevice): Scratch {
  const buffers = new Map<string, GPUBuffer>();

  function grown(label: string, size: number): GPUBuffer {
    const known = buffers.get(label);
    if (known && known.size >= size) return known;
    const limit = device.limits.maxStorageBufferBindingSize;
    if (size > limit) {
      throw new Error(`a layer needs a GPUBuffer of ${size} bytes of memory, the device binds ${limit}`);
    }
    known?.destroy(); // what was sent to the queue still runs
    const buffer = device.createBuffer({ size, usage: GPUBufferUsage.STORAGE, label });
    buffers.set(label, buffer);
    return buffer;
  }

  return {
    of: ({ ping, pong }) => ({ ping: grown('ping', ping), pong: grown('pong', pong) }),
    bytes: () => [...buffers.values()].reduce((sum, { size }) => sum + size, 0),
  };
}
