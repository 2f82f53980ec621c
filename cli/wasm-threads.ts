import { env } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm'; // registers the flag that is set below
import { createRequire } from 'node:module';
import os from 'node:os';
import { Worker } from 'node:worker_threads';
import type { StartThread } from '../app/models/wasm/team';

const PACKAGE = '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd';

/**
 * Lets tfjs's wasm backend use threads in Node. tfjs 4.22 switches them off there, because it starts its
 * workers from `blob:` addresses, which Node's `Worker` does not take; here they start from the same code in
 * files. To be deleted when tfjs does it. It takes half of the processors, so it hears of twice as many.
 * @param begin starts the backend; is given what starts threads of our own kernels
 */
export async function withThreads<T>(count: number, begin: (start: StartThread) => Promise<T>): Promise<T> {
  const require = createRequire(import.meta.url);
  const { wasmWorkerContents } = require(`${PACKAGE}.worker.js`) as { wasmWorkerContents: string }; // untyped
  const code = wasmWorkerContents.replaceAll('\n', '\\n'); // it holds line breaks inside quotes
  const module = require.resolve(`${PACKAGE}.js`);
  class Thread extends Worker {
    constructor() {
      super(code, { eval: true, execArgv: [] });
    }
    override postMessage(message: { readonly cmd?: string }): void {
      super.postMessage(message.cmd === 'load' ? { ...message, urlOrBlob: module } : message);
    }
  }
  // The module's start writes Node's own Worker there: a setter that does nothing keeps ours.
  Object.defineProperty(globalThis, 'Worker', {
    get: () => Thread,
    set: () => undefined,
    configurable: true,
  });
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', true);
  const { cpus } = os;
  os.cpus = () => Array.from({ length: 2 * count }, () => cpus()[0] as os.CpuInfo);
  try {
    return await begin((program) => {
      const start = `const self = require('node:worker_threads').parentPort;\n${program}`;
      const thread = new Worker(start, { eval: true, execArgv: [] });
      thread.unref(); // it sleeps between pictures, and Node may end then
      return thread;
    });
  } finally {
    os.cpus = cpus;
  }
}
