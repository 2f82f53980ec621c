import { version_wasm as versionWasm } from '@tensorflow/tfjs-backend-wasm';
import { version_core as versionCore } from '@tensorflow/tfjs-core';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { env } from 'onnxruntime-web';

/** Where a table was measured. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  readonly tfjs: string;
  readonly wasm: string;
  readonly onnxruntime: string;
  /** Processes that wanted a core in the minute before the first run; ours is not yet among them. */
  readonly load: number;
}

export function machine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    node: process.versions.node,
    tfjs: versionCore,
    wasm: versionWasm,
    onnxruntime: env.versions.web ?? 'unknown',
    load: loadavg()[0] ?? NaN,
  };
}
