import {
  dispose,
  getKernel,
  memory,
  registerKernel,
  tensor4d,
  unregisterKernel,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readWeights, shippedNetworks, useWasm } from '../../src/pipeline/test-kit';
import { encode } from './encoder';
import { ENCODE, kernelsReady, offerKernels, type NetworkKernels } from './kernels';
import { loadNetworks, type Networks } from './weights';

/** A backend that says what it is asked, in order; wasm plays it, with a kernel that answers zeros. */
function offer(events: string[], changes: Partial<NetworkKernels> = {}): void {
  offerKernels('wasm', {
    compile: async (widths) => {
      events.push(`compile ${widths}`);
      return true;
    },
    idle: async () => void events.push('idle'),
    reserve: async (_widths, { height, width }) => void events.push(`room for ${width} x ${height}`),
    ...changes,
  });
  registerKernel({
    kernelName: ENCODE,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => {
      events.push(`kernel of ${Object.keys(inputs).length} tensors, widths ${attrs?.['widths']}`);
      return tensor4d([0], [1, 1, 1, 1]);
    },
  });
}

describe('a backend that takes a whole network as one kernel', () => {
  let networks: Networks;
  let pixels: Tensor4D;
  const go = async () => undefined;

  beforeAll(async () => {
    await useWasm();
    networks = await shippedNetworks();
    pixels = tensor4d(new Float32Array(16 * 16 * 3).fill(0.5), [1, 16, 16, 3]);
  });

  afterEach(() => {
    offerKernels('wasm', { compile: async () => false, reserve: go, idle: go });
    if (getKernel(ENCODE, 'wasm')) unregisterKernel(ENCODE, 'wasm');
  });

  it('[NK1] runs once its shaders are there, the run before has ended, and nobody says stop', async () => {
    const events: string[] = [];
    offer(events);
    dispose(await encode(networks.encoder, pixels, async (done) => void events.push(`between ${done}`)));
    expect(events).toEqual([
      'compile 16,32,64',
      'idle',
      'room for 16 x 16',
      'between 0',
      'kernel of 11 tensors, widths 16,32,64', // the pixels, five kernels, five biases
    ]);
  });

  it('[NK2] is not run when stopped, and nothing is left behind', async () => {
    const events: string[] = [];
    offer(events);
    const before = memory().numTensors;
    await expect(encode(networks.encoder, pixels, () => Promise.reject(new Error('stop')))).rejects.toThrow(
      'stop',
    );
    expect(events.filter((event) => event.startsWith('kernel'))).toEqual([]);
    expect(memory().numTensors).toBe(before);
  });

  it('[NK3] whose shaders are refused runs the layers one by one', async () => {
    const events: string[] = [];
    offer(events, { compile: async () => false });
    const shares: number[] = [];
    const features = await encode(networks.encoder, pixels, async (done) => void shares.push(done));
    expect(features.shape).toEqual([1, 4, 4, 64]);
    expect([shares.length, events]).toEqual([5, []]);
    features.dispose();
  });

  it('[NK4] without room for the picture says so, and leaves nothing', async () => {
    const before = memory().numTensors;
    offer([], { reserve: () => Promise.reject(new Error('out of memory')) });
    await expect(encode(networks.encoder, pixels, go)).rejects.toThrow('out of memory');
    expect(memory().numTensors).toBe(before);
  });

  it('[NK5] is told the widths by the manifest, before the other files are asked for', async () => {
    const events: string[] = [];
    offer(events);
    const read = (name: string) => {
      events.push(name);
      return readWeights(name);
    };
    await loadNetworks(read);
    expect(events.slice(0, 2)).toEqual(['manifest.json', 'compile 16,32,64']);
    expect(events).toContain('encoder.bin');
  });

  it('[NK6] is not looked for on other backends', async () => {
    offerKernels('elsewhere', { compile: async () => true, reserve: go, idle: go });
    expect(await kernelsReady([16, 32, 64], { height: 16, width: 16 })).toBe(false);
  });
});
