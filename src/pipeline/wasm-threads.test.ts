import { expect, it, vi } from 'vitest';
import { hearingOfTwice, wasmThreads } from './wasm-threads';

it.each([
  [1, 1],
  [2, 2],
  [3, 2],
  [4, 2],
  [6, 3],
  [16, 8],
  [64, 8],
])('of %i processors wasm takes %i threads', (processors, threads) => {
  expect(wasmThreads(processors)).toBe(threads);
});

it('tfjs hears of twice as many processors while it starts, and nobody does afterwards', async () => {
  class Here {
    get hardwareConcurrency() {
      return 2;
    }
  }
  vi.stubGlobal('navigator', new Here());
  const told: number[] = [];
  await hearingOfTwice(2, async () => told.push(navigator.hardwareConcurrency));
  await expect(
    hearingOfTwice(3, async () => {
      told.push(navigator.hardwareConcurrency);
      throw new Error('did not start');
    }),
  ).rejects.toThrow('did not start');
  await hearingOfTwice(1, async () => told.push(navigator.hardwareConcurrency));
  expect(told).toEqual([4, 6, 2]);
  expect(navigator.hardwareConcurrency).toBe(2);
  vi.unstubAllGlobals();
});
