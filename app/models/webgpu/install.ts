import { getKernel, registerKernel, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { CELL } from '../features';
import { DECODE, ENCODE, offerKernels, type NetworkKernels, type Widths } from '../kernels';
import { createRunner, type Runner } from './runner';
import type { Precision } from './program';

const BACKEND = 'webgpu';
const runners = new WeakMap<object, Runner>(); // by the backend, which may be replaced

/**
 * Gives tfjs's WebGPU backend the two kernels that are a whole network each.
 * @param precision by default float16 where the device computes with it
 * @param timed     whether the device times each layer
 */
export function installKernels(
  backend: WebGPUBackend,
  precision: Precision = backend.device.features.has('shader-f16') ? 'float16' : 'float32',
  timed = false,
): Runner {
  const runner = createRunner(backend, precision, timed);
  runners.set(backend, runner);
  if (!getKernel(ENCODE, BACKEND)) {
    registerKernel({ kernelName: ENCODE, backendName: BACKEND, kernelFunc: encode });
    registerKernel({ kernelName: DECODE, backendName: BACKEND, kernelFunc: decode });
  }
  offerKernels(BACKEND, offerOf(runner));
  return runner;
}

/** Inputs: pixels [1, H, W, 3] and the weights. Output: features. */
const encode: KernelFunc = ({ inputs, attrs, backend }) => {
  const { pixels, ...weights } = inputs as Readonly<Record<string, TensorInfo>>; // no lists among them
  const gpu = backend as WebGPUBackend; // registered for it
  const widths = widthsIn(attrs);
  const [, height = 0, width = 0] = pixels?.shape ?? [];
  const features = gpu.makeTensorInfo([1, height / CELL, width / CELL, widths[2]], 'float32');
  const maps = { ...(pixels && { pixels }), features };
  runnerOf(gpu).run('encoder', widths, { height, width }, maps, weights);
  return features;
};

/** Inputs: features [1, H, W, C] and the weights. Output: pixels [1, 4H, 4W, 3]. */
const decode: KernelFunc = ({ inputs, attrs, backend }) => {
  const { features, ...weights } = inputs as Readonly<Record<string, TensorInfo>>;
  const gpu = backend as WebGPUBackend;
  const [, rows = 0, columns = 0] = features?.shape ?? [];
  const size = { height: CELL * rows, width: CELL * columns };
  const pixels = gpu.makeTensorInfo([1, size.height, size.width, 3], 'float32');
  const maps = { ...(features && { features }), pixels };
  runnerOf(gpu).run('decoder', widthsIn(attrs), size, maps, weights);
  return pixels;
};

function runnerOf(backend: WebGPUBackend): Runner {
  const runner = runners.get(backend);
  if (!runner) throw new Error('kernels run on a backend they were not installed on');
  return runner;
}

function widthsIn(attrs: object | undefined): Widths {
  return (attrs as { readonly widths: Widths }).widths; // encoder.ts and decoder.ts put them there
}

function offerOf({ compile, reserve, idle }: Runner): NetworkKernels {
  const compiled = new Map<string, Promise<boolean>>();
  return {
    reserve,
    idle,
    compile(widths) {
      const key = widths.join();
      const known = compiled.get(key);
      if (known) return known;
      const fits = widths.every((width) => width % 4 === 0);
      const answer = !fits
        ? Promise.resolve(false)
        : compile(widths).then(
            () => true,
            (error: unknown) => {
              console.warn(
                'The WebGPU kernels do not compile here; the layers run as tfjs operations.',
                error,
              );
              return false;
            },
          );
      compiled.set(key, answer);
      return answer;
    },
  };
}
