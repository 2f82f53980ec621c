import { afterEach, expect, it, vi } from 'vitest';
import { threadsHere, wasmThreads } from './wasm-threads';

afterEach(() => vi.unstubAllGlobals());

it.each([
  [1, 1],
  [2, 1],
  [5, 2],
  [16, 8],
  [64, 8],
])('of %i processors wasm takes %i threads', (processors, threads) => {
  expect(wasmThreads(processors)).toBe(threads);
});

it('a page takes several only where memory can be shared', () => {
  vi.stubGlobal('navigator', { hardwareConcurrency: 8 });
  expect(threadsHere()).toBe(1);
  vi.stubGlobal('crossOriginIsolated', true);
  expect(threadsHere()).toBe(4);
});
