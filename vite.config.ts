import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

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

/**
 * A service worker that keeps page, networks, painters and samples, so that the next visit needs no connection.
 * A newer version is fetched beside it, and takes over when the person says so or no page of the older one is open.
 */
const worksOffline = VitePWA({
  injectRegister: false, // app/offline.ts says when
  manifest: {
    name: 'Statistyle',
    short_name: 'Statistyle',
    description: 'Restyle a photo in the browser. Nothing leaves your machine.',
    display: 'standalone',
    theme_color: '#191919',
    background_color: '#191919',
    icons: [{ src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' }],
  },
  workbox: {
    globPatterns: ['**/*.{html,js,css,wasm,woff2,svg,webp,jpg,bin,json}'],
    navigateFallback: null, // at the root of a host, other pages of it are not ours
    ignoreURLParametersMatching: [/./], // `?backend=wasm` is this page, too
    dontCacheBustURLsMatching: /^assets\//, // their names change with what is in them
    inlineWorkboxRuntime: true,
  },
});

/** In the mode `bench` it builds the bench's page. */
export default defineConfig(({ mode }) => ({
  base: './',
  plugins: [react(), selfContainedWasmThreads(), mode !== 'bench' && worksOffline],
  worker: { format: 'es', plugins: () => [selfContainedWasmThreads()] },
  build: { target: 'es2022', chunkSizeWarningLimit: 2000 },
  server: { headers: ISOLATED },
  preview: { headers: ISOLATED },
  optimizeDeps: { exclude: ['@tensorflow/tfjs-backend-wasm'] },
}));
