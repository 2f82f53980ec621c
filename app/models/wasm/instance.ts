import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { PLAIN, SHARED } from './binary';
import { alone, team, type StartThread, type Team } from './team';

/** What assembly/index.ts exports. Pointers are bytes in tfjs's memory. */
export interface WasmKernels {
  pad(
    x: number, height: number, width: number, channels: number,
    top: number, left: number, right: number, skip: number, start: number, end: number, out: number,
  ): void; // prettier-ignore
  winogradWeights(kernel: number, inputs: number, outputs: number, weights: number): void;
  winograd(
    x: number, height: number, width: number, inputs: number, outputs: number,
    weights: number, bias: number, relu: number, block: number, scratch: number, out: number,
  ): void; // prettier-ignore
  upsampleWeights(
    phase0: number, phase1: number, phase2: number, phase3: number,
    inputs: number, outputs: number, weights: number,
  ): void; // prettier-ignore
  upsample(
    x: number, height: number, width: number, inputs: number, outputs: number,
    weights: number, bias: number, block: number, scratch: number,
    out0: number, out1: number, out2: number, out3: number, rowStep: number, columnStep: number,
  ): void; // prettier-ignore
  phasesToColour(
    phase0: number, phase1: number, phase2: number, phase3: number,
    height: number, width: number, channels: number,
    kernel: number, bias: number, start: number, end: number, scratch: number, out: number,
  ): void; // prettier-ignore
  sums(x: number, n: number, channels: number, result: number): void;
  products(x: number, n: number, channels: number, mean: number, result: number, scratch: number): void;
  average(from: number, parts: number, values: number, n: number, result: number): void;
  roots(
    matrices: number, count: number, g: number, scales: number, steps: number,
    scratch: number, root: number, inverse: number,
  ): void; // prettier-ignore
}

/** Our functions on the backend's memory; undefined where they cannot run. */
export function instantiate(backend: BackendWasm, threads: number, start: StartThread): Team | undefined {
  const memory = memoryOf(backend);
  if (!memory) return undefined;
  try {
    const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
    const code = Uint8Array.from(atob(shared ? SHARED : PLAIN), (byte) => byte.charCodeAt(0));
    const module = new WebAssembly.Module(code);
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    const kernels = exports as unknown as WasmKernels; // binary.ts is made from what is described above
    return shared && threads > 1 ? team({ kernels, module, memory }, threads - 1, start) : alone(kernels);
  } catch (error) {
    console.warn('The wasm kernels do not run here; operations of tfjs do their work.', error);
    return undefined;
  }
}

/** tfjs types its module without it: Emscripten exports the memory, and with threads keeps it beside. */
function memoryOf({ wasm }: BackendWasm): WebAssembly.Memory | undefined {
  const { asm, wasmMemory } = wasm as {
    readonly asm?: { readonly memory?: WebAssembly.Memory };
    readonly wasmMemory?: WebAssembly.Memory;
  };
  return wasmMemory ?? asm?.memory;
}
