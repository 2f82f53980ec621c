import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { SHARED } from './binary';
import type { WasmKernels } from './instance';
import { alone, team, type StartThread } from './team';

const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
const floats = new Float32Array(memory.buffer);
const module = new WebAssembly.Module(Buffer.from(SHARED, 'base64'));
const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as WasmKernels;
const start: StartThread = (program) => {
  const thread = new Worker(`const self = require('node:worker_threads').parentPort;\n${program}`, {
    eval: true,
  });
  thread.unref();
  return thread;
};

/** One row of one channel, copied from the value at `from` to that at `to`. */
const copy = (from: number, to: number): Parameters<WasmKernels['pad']> => [
  4 * from,
  1,
  1,
  1,
  0,
  0,
  0,
  0,
  0,
  1,
  4 * to,
];

describe.each([
  ['alone', () => alone(kernels)],
  ['three threads', () => team({ kernels, module, memory }, 2, start)],
  [
    'helpers that never come',
    () => team({ kernels, module, memory }, 2, () => ({ postMessage: () => undefined })),
  ],
])('a team: %s', (_, make) => {
  const made = make();

  it('makes every call, run after run', () => {
    for (let run = 1; run <= 2000; run++) {
      const most = 1 + (run % 63);
      floats.fill(0, 0, 200).fill(run, 100, 100 + most);
      made.run('pad', Array.from({ length: most }, (_, i) => copy(100 + i, i))); // prettier-ignore
      expect(floats.subarray(0, 64)).toEqual(new Float32Array(64).fill(run, 0, most));
    }
  });

  it('says when a call went past the memory, and goes on', () => {
    const beyond = memory.buffer.byteLength;
    expect(() => made.run('pad', [copy(100, 0), copy(100, beyond), copy(100, 1)])).toThrow('out of bounds'); // prettier-ignore
    floats.set([7], 100);
    made.run('pad', [copy(100, 5)]);
    expect(floats[5]).toBe(7);
  });
});
