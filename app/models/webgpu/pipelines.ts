import type { Widths } from '../kernels';
import { convolveWgsl } from './convolve-wgsl';
import { networkLayers } from './network';
import { packWgsl } from './pack-wgsl';
import { programOf, type Precision } from './program';

/** Compiled shaders of one device, by their text. */
export interface Pipelines {
  /** Compiles what networks of these widths need, each text once, without blocking. Rejects when one is refused. */
  readonly compile: (widths: Widths) => Promise<void>;
  /** One that was compiled. */
  readonly of: (wgsl: string) => GPUComputePipeline;
}

/** The texts that networks of these widths need, each once, by the layer that needs it first. */
export function shadersOf(widths: Widths, precision: Precision): ReadonlyMap<string, string> {
  const layers = (['encoder', 'decoder'] as const).flatMap((network) =>
    networkLayers(network, widths).map((layer) => ({
      wgsl: convolveWgsl(programOf(layer, precision)),
      label: `${network}/${layer.name}`,
    })),
  );
  const packing = [
    { wgsl: packWgsl(precision, 'kernel'), label: 'pack kernel' },
    { wgsl: packWgsl('float32', 'bias'), label: 'pack bias' },
  ];
  const byText = new Map<string, string>();
  for (const { wgsl, label } of [...packing, ...layers]) if (!byText.has(wgsl)) byText.set(wgsl, label);
  return byText;
}

export function createPipelines(device: GPUDevice, precision: Precision): Pipelines {
  const compiled = new Map<string, GPUComputePipeline>();
  const started = new Map<string, Promise<void>>();

  async function compileOne(code: string, label: string): Promise<void> {
    const module = device.createShaderModule({ code, label });
    const pipeline = await device.createComputePipelineAsync({ label, layout: 'auto', compute: { module } });
    compiled.set(code, pipeline);
  }

  return {
    async compile(widths) {
      const waits = [...shadersOf(widths, precision)].map(([code, label]) => {
        const wait = started.get(code) ?? compileOne(code, label);
        started.set(code, wait);
        return wait;
      });
      await Promise.all(waits);
    },
    of(wgsl) {
      const pipeline = compiled.get(wgsl);
      if (!pipeline) throw new Error('a shader was used before it was compiled; await kernelsReady first');
      return pipeline;
    },
  };
}
