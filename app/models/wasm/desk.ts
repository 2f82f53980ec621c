import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { Team } from './team';

export type Four = readonly [number, number, number, number];

/** By the backend, which may be replaced. */
export const teams = new WeakMap<object, Team>();

/** What a kernel works with: its inputs by name, their places in memory, new tensors, and who does the work. */
export function desk({ inputs, backend: running }: Parameters<KernelFunc>[0]) {
  const backend = running as BackendWasm; // registered for it
  const team = teams.get(backend);
  if (!team) throw new Error('kernels run on a backend they were not installed on');
  const scratch: TensorInfo[] = [];
  const make = (shape: readonly number[]): TensorInfo => backend.makeOutput([...shape], 'float32');
  const at = ({ dataId }: TensorInfo): number => {
    const place = backend.getMemoryOffset(dataId);
    if (place === 0) throw new WebAssembly.RuntimeError('out of memory'); // tfjs's malloc had none
    return place;
  };
  return {
    backend,
    team,
    make,
    at,
    input: (name: string | number): TensorInfo => inputs[name] as TensorInfo, // no lists among them
    places: (names: readonly number[]): Four =>
      names.map((i) => at(inputs[i] as TensorInfo)) as unknown as Four,
    /** Memory until `clear`. */
    scratch(values: number): number {
      const made = make([values]);
      scratch.push(made);
      return at(made);
    },
    clear: () => scratch.forEach(({ dataId }) => backend.disposeData(dataId)),
  };
}

export const shapeOf = ({ shape }: TensorInfo): Four => shape as unknown as Four; // of rank 4

/** Some of a map's rows. */
export interface Part {
  readonly start: number;
  readonly end: number;
  readonly index: number;
}

/** Rows 0 to `rows` in at most `most` parts of about equal size: each but the last a multiple of `step`. */
export function partsOf(rows: number, step: number, most: number): readonly Part[] {
  const size = step * Math.max(1, Math.ceil(rows / step / most));
  return Array.from({ length: Math.ceil(rows / size) }, (_, index) => ({
    start: size * index,
    end: Math.min(rows, size * (index + 1)),
    index,
  }));
}
