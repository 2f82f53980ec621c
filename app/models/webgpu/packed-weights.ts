import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { bufferOf } from './buffers';
import { PACK_THREADS, packWgsl } from './pack-wgsl';
import type { Pipelines } from './pipelines';
import type { Plan } from './plan';
import { matricesOf, type Precision, type Program } from './program';

/** A network's weights as its programs read them, in one buffer. */
export interface PackedWeights {
  readonly buffer: GPUBuffer;
  /** Of each layer. */
  readonly parts: Readonly<
    Record<string, { readonly kernel: GPUBufferBinding; readonly bias: GPUBufferBinding }>
  >;
}

/** Weights as tfjs holds them, by the names of `namedWeights`. */
export type TfjsWeights = Readonly<Record<string, TensorInfo>>;

/** Buffers are bound at multiples of this, bytes: the default `minStorageBufferOffsetAlignment`. */
const ALIGNMENT = 256;
const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** Packs weights once, and lets them go when tfjs has let go of the tensors they were made of. */
export function createWeightStore(backend: WebGPUBackend, pipelines: Pipelines, precision: Precision) {
  const packed = new Map<object, PackedWeights>(); // by the id of the first layer's bias

  return {
    of(plan: Plan, weights: TfjsWeights): PackedWeights {
      const key = named(weights, `${plan.dispatches[0]?.layer}/bias`).dataId;
      const known = packed.get(key);
      if (known) return known;
      for (const [id, old] of packed) {
        if (backend.tensorMap.has(id)) continue;
        old.buffer.destroy();
        packed.delete(id);
      }
      const fresh = pack(backend, pipelines, precision, plan, weights);
      packed.set(key, fresh);
      return fresh;
    },
    bytes: () => [...packed.values()].reduce((sum, { buffer }) => sum + buffer.size, 0),
  };
}

function pack(
  backend: WebGPUBackend,
  pipelines: Pipelines,
  precision: Precision,
  plan: Plan,
  weights: TfjsWeights,
): PackedWeights {
  const { device } = backend;
  const vectorBytes = precision === 'float16' ? 8 : 16;
  let end = 0;
  const place = (size: number) => {
    const offset = end;
    end = aligned(end + size);
    return { offset, size };
  };
  const places = plan.dispatches.map(({ layer, program }) => ({
    layer,
    program,
    kernel: place(matricesOf(program) * 4 * vectorBytes),
    bias: place(program.vectors[1] * 16),
  }));
  const buffer = device.createBuffer({ size: end, usage: GPUBufferUsage.STORAGE, label: plan.network });

  const encoder = device.createCommandEncoder();
  const shapes: GPUBuffer[] = [];
  const run = (wgsl: string, from: TensorInfo, shape: readonly number[], count: number): void => {
    const uniform = device.createBuffer({ size: 24, usage: GPUBufferUsage.UNIFORM, mappedAtCreation: true });
    new Uint32Array(uniform.getMappedRange()).set([...shape, count]);
    uniform.unmap();
    shapes.push(uniform);
    const pipeline = pipelines.of(wgsl);
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    const resources = [uniform, bufferOf(backend, from), buffer];
    pass.setBindGroup(
      0,
      device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: resources.map((one, binding) => ({ binding, resource: { buffer: one } })),
      }),
    );
    pass.dispatchWorkgroups(Math.ceil(count / PACK_THREADS));
    pass.end();
  };
  for (const { layer, program, kernel, bias } of places) {
    const kernels = kernelsOf(layer, program, weights);
    const count = (matricesOf(program) * 4) / kernels.length; // vectors
    for (const [i, one] of kernels.entries()) {
      const [, , from = 0, to = 0] = one.shape;
      const start = kernel.offset / vectorBytes + i * count;
      run(packWgsl(precision, 'kernel'), one, [program.taps, from, to, program.blocks, start], count);
    }
    const values = named(weights, `${layer}/bias`);
    const shape = [1, 1, values.shape[0] ?? 0, 1, bias.offset / 16];
    run(packWgsl('float32', 'bias'), values, shape, program.vectors[1]);
  }
  device.queue.submit([encoder.finish()]);
  for (const shape of shapes) shape.destroy();

  const bound = (part: { readonly offset: number; readonly size: number }) => ({ buffer, ...part });
  return {
    buffer,
    parts: Object.fromEntries(
      places.map(({ layer, kernel, bias }) => [layer, { kernel: bound(kernel), bias: bound(bias) }]),
    ),
  };
}

/** The kernel of a layer, or its four. */
function kernelsOf(layer: string, { phases }: Program, weights: TfjsWeights): readonly TensorInfo[] {
  if (phases === 1) return [named(weights, `${layer}/kernel`)];
  return [0, 1, 2, 3].map((phase) => named(weights, `${layer}/phase${phase}`));
}

function named(weights: TfjsWeights, name: string): TensorInfo {
  const tensor = weights[name];
  if (!tensor) throw new Error(`the kernel was called without ${name}`);
  return tensor;
}
