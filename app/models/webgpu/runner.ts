import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { MapSize, Widths } from '../kernels';
import { bufferOf, createScratch, flush } from './buffers';
import { convolveWgsl } from './convolve-wgsl';
import type { NetworkName, Place } from './network';
import { createWeightStore, type TfjsWeights } from './packed-weights';
import { createPipelines } from './pipelines';
import { planOf, submissionsOf, type Dispatch } from './plan';
import type { Precision } from './program';
import type { Measured } from './roofline';
import { createStopwatch } from './stopwatch';

/** Runs whole networks on one device. Owns the packed weights and the scratch buffers. */
export interface Runner {
  readonly precision: Precision;
  readonly compile: (widths: Widths) => Promise<void>;
  /** Makes room for both networks on a picture of this size. Rejects when the device has not enough memory. */
  readonly reserve: (widths: Widths, size: MapSize) => Promise<void>;
  /**
   * Records and sends one network, and returns at once.
   * @param maps the network's inputs, and the outputs it writes; all tfjs's
   */
  readonly run: (
    network: NetworkName,
    widths: Widths,
    size: MapSize,
    maps: Readonly<Partial<Record<Place, TensorInfo>>>,
    weights: TfjsWeights,
  ) => void;
  readonly idle: () => Promise<void>;
  /** Milliseconds of each layer of the last run, where the runner was asked to time them. */
  readonly layerTimes: () => Promise<Measured>;
  /** Bytes of the buffers that are ours and not tfjs's. */
  readonly bytes: () => { readonly weights: number; readonly scratch: number };
}

/** Bytes from one dispatch's sizes to the next one's: the default `minUniformBufferOffsetAlignment`. */
const SIZES_STRIDE = 256;
const MOST_LAYERS = 16;

/**
 * @param precision float16 needs a device with `shader-f16`
 * @param timed     whether the device times each layer, which needs `timestamp-query`
 */
export function createRunner(backend: WebGPUBackend, precision: Precision, timed = false): Runner {
  const { device } = backend;
  const pipelines = createPipelines(device, precision);
  const weightStore = createWeightStore(backend, pipelines, precision);
  const scratch = createScratch(device);
  const sizes = device.createBuffer({
    size: MOST_LAYERS * SIZES_STRIDE,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    label: 'sizes',
  });
  const stopwatch = timed ? createStopwatch(device, MOST_LAYERS) : undefined;
  let layers: readonly string[] = []; // of the last run
  let last: Promise<unknown> = Promise.resolve();

  function writeSizes(dispatches: readonly Dispatch[]): void {
    const numbers = new Uint32Array((dispatches.length * SIZES_STRIDE) / 4);
    for (const [i, { input, cells }] of dispatches.entries()) {
      numbers.set([input.height, input.width, cells.height, cells.width], (i * SIZES_STRIDE) / 4);
    }
    device.queue.writeBuffer(sizes, 0, numbers);
  }

  return {
    precision,
    compile: (widths) => pipelines.compile(widths),
    async reserve(widths, size) {
      for (const network of ['encoder', 'decoder'] as const) {
        await scratch.reserve(planOf(network, widths, size, precision).scratch);
      }
    },
    idle: async () => void (await last),
    async layerTimes() {
      const times = (await stopwatch?.read()) ?? [];
      return Object.fromEntries(times.map((ms, i) => [layers[i] ?? '', ms]));
    },
    bytes: () => ({ weights: weightStore.bytes(), scratch: scratch.bytes() }),

    run(network, widths, size, maps, weights) {
      const plan = planOf(network, widths, size, precision);
      const own = scratch.buffers();
      const bufferAt = (place: Place): GPUBuffer => {
        if (place === 'ping' || place === 'pong') return own[place];
        const map = maps[place];
        if (!map) throw new Error(`the ${network} was called without ${place}`);
        return bufferOf(backend, map);
      };
      for (const map of [...Object.values(maps), ...Object.values(weights)]) bufferOf(backend, map);
      flush(backend);
      const { parts } = weightStore.of(plan, weights);
      writeSizes(plan.dispatches);

      const record = (encoder: GPUCommandEncoder, dispatch: Dispatch): void => {
        const { layer, program, from, to, grid } = dispatch;
        const i = plan.dispatches.indexOf(dispatch);
        const part = parts[layer];
        if (!part) throw new Error(`the ${network}'s weights have no ${layer}`);
        const pipeline = pipelines.of(convolveWgsl(program));
        const bound: GPUBindingResource[] = [
          { buffer: sizes, offset: i * SIZES_STRIDE, size: 16 },
          { buffer: bufferAt(from) },
          part.kernel,
          part.bias,
          { buffer: bufferAt(to) },
        ];
        const entries = bound.map((resource, binding) => ({ binding, resource }));
        const pass = encoder.beginComputePass({
          label: `${network}/${layer}`,
          ...(stopwatch && { timestampWrites: stopwatch.around(i) }),
        });
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
        pass.dispatchWorkgroups(...grid);
        pass.end();
      };
      for (const piece of submissionsOf(plan)) {
        const encoder = device.createCommandEncoder();
        for (const dispatch of piece) record(encoder, dispatch);
        if (piece.at(-1) === plan.dispatches.at(-1)) stopwatch?.stop(encoder, plan.dispatches.length);
        device.queue.submit([encoder.finish()]);
      }
      layers = plan.dispatches.map(({ layer }) => layer);
      last = device.queue.onSubmittedWorkDone().catch(() => undefined); // a lost device is told by `device.lost`
    },
  };
}
