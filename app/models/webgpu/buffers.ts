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

type Pair<T> = Readonly<Record<'ping' | 'pong', T>>;

/** The two maps that layers write in turn. Each grows to the largest picture that came and stays. */
export interface Scratch {
  /**
   * Makes them large enough, bytes.
   * @throws Error naming memory, when the device has not that much
   */
  readonly reserve: (bytes: Pair<number>) => Promise<void>;
  readonly buffers: () => Pair<GPUBuffer>;
  readonly bytes: () => number;
}

export function createScratch(device: GPUDevice): Scratch {
  const known = new Map<string, GPUBuffer>();

  async function grow(label: string, size: number): Promise<void> {
    if ((known.get(label)?.size ?? 0) >= size) return;
    const limit = device.limits.maxStorageBufferBindingSize;
    if (size > limit) {
      throw new Error(`a layer needs a GPUBuffer of ${size} bytes of memory, the device binds ${limit}`);
    }
    known.get(label)?.destroy(); // what was sent to the queue still runs
    known.delete(label);
    device.pushErrorScope('out-of-memory');
    const buffer = device.createBuffer({ size, usage: GPUBufferUsage.STORAGE, label });
    const refusal = await device.popErrorScope();
    if (refusal) throw new Error(`out of memory for a GPUBuffer of ${size} bytes: ${refusal.message}`);
    known.get(label)?.destroy(); // of a run that asked meanwhile
    known.set(label, buffer);
  }

  function bufferNamed(label: string): GPUBuffer {
    const buffer = known.get(label);
    if (!buffer) throw new Error('a network ran before its scratch was reserved; await kernelsReady first');
    return buffer;
  }

  return {
    async reserve({ ping, pong }) {
      await grow('ping', ping);
      await grow('pong', pong);
    },
    buffers: () => ({ ping: bufferNamed('ping'), pong: bufferNamed('pong') }),
    bytes: () => [...known.values()].reduce((sum, { size }) => sum + size, 0),
  };
}
