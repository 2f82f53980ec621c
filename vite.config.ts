import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** What a host must send for wasm threads; see docs/page.md. */
const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * tfjs-backend-wasm 4.22 rebuilds its threads' program from `factory.toString()`, which reads `_scriptDir` of
 * the closure around it; a minifier renames that variable and the threads die with "e is not defined", while
 * the page waits for them for ever. In a worker the variable is undefined anyway. Delete when tfjs is fixed.
 */
function selfContainedWasmThreads(): Plugin {
  return {
    name: 'self-contained-wasm-threads',
    transform(code, id) {
      if (!id.includes('tfjs-backend-wasm-threaded-simd.js')) return null;
      const [head = '', body = ''] = code.split(/(?=function\(WasmBackendModuleThreadedSimd\))/);
      if (!body) throw new Error('tfjs-backend-wasm has changed: look at selfContainedWasmThreads again');
      return { code: head + body.replaceAll('_scriptDir', 'undefined'), map: null };
    },
  };
}

export default defineConfig({
  base: './',
  plugins: [react(), selfContainedWasmThreads()],
  worker: { format: 'es', plugins: () => [selfContainedWasmThreads()] },
  build: { target: 'es2022', chunkSizeWarningLimit: 2000 },
  server: { headers: ISOLATED },
  preview: { headers: ISOLATED },
  optimizeDeps: { exclude: ['@tensorflow/tfjs-backend-wasm'] },
});
