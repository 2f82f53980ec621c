import { setThreadsCount, setWasmPaths, type BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { backend, ready, setBackend, tensor4d } from '@tensorflow/tfjs-core';
import { createRequire } from 'node:module';
import os from 'node:os';
import { dirname } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { decode } from '../app/models/decoder';
import { encode } from '../app/models/encoder';
import { installKernels } from '../app/models/wasm/install';
import { withoutKernels } from '../app/models/wasm/test-kit';
import { statisticsOf } from '../src/norm';
import { randomFeatures, values } from '../src/norm/test-kit';
import { largestDifference, shippedNetworks } from '../src/pipeline/test-kit';
import { withThreads } from './wasm-threads';

const go = async (): Promise<void> => undefined;
const wasm = (): BackendWasm => backend() as BackendWasm; // set below
let started: string[] = [];
const processors = os.cpus().length;

describe('threads of wasm', () => {
  beforeAll(async () => {
    const files = createRequire(import.meta.url).resolve(
      '@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.js',
    );
    setWasmPaths(`${dirname(files)}/`);
    setThreadsCount(3);
    await withThreads(3, async (start) => {
      await setBackend('wasm');
      await ready();
      installKernels(wasm(), 3, (program) => {
        started = [...started, program];
        return start(program);
      });
    });
  });

  it('leaves the machine’s processors as they were', () => {
    expect(os.cpus()).toHaveLength(processors);
  });

  it('are as many for our kernels as for those of tfjs', () => {
    expect(wasm().wasm.tfjs.getThreadsCount()).toBe(3);
    expect(started).toHaveLength(2); // beside this one
  });

  it('share maps of any size without a change to features, statistics or pictures', async () => {
    const { encoder, decoder } = await shippedNetworks();
    for (const [height, width] of [
      [8, 8],
      [12, 20],
      [24, 136],
      [136, 72],
    ] as const) {
      // prettier-ignore
      const pixels = tensor4d(values(randomFeatures(5, height, width, 3)).map(Math.abs), [1, height, width, 3]);
      const all = async () => {
        const features = await encode(encoder, pixels, go);
        const { covariance } = statisticsOf(features);
        return [features, covariance, await decode(decoder, features, go)].map(values);
      };
      for (let run = 0; run < 5; run++) {
        const [ours, plain] = [await all(), await withoutKernels(all)];
        ours.forEach((one, i) => {
          const scale = Math.max(...(plain[i] ?? []).map(Math.abs));
          expect(largestDifference(one, plain[i] ?? []) / scale).toBeLessThan(1e-5);
        });
      }
    }
  });
});
