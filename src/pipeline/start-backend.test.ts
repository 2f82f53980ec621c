import { expect, it, vi } from 'vitest';
import { WeightsError } from '../../app/models/weights-file';
import { Stopped } from './failure';
import { startBackend, type StartOptions } from './start-backend';
import { readWeights, useWasm } from './test-kit';

const device = { destroy: vi.fn() };
const useWebGPU = vi.fn();

vi.mock('./backend', () => ({
  expectBackend: () => undefined,
  probeDevice: async () => ({
    probe: { gpu: { kind: 'hardware', name: 'a card' }, threads: { kind: 'one', why: 'one-processor' } },
    device,
  }),
  useWebGPU: () => useWebGPU(),
  useWasm: async () => {
    await useWasm();
    return { id: 'wasm', lost: new Promise(() => undefined) };
  },
}));

const start = (changes: Partial<StartOptions> = {}) =>
  startBackend({
    wish: 'auto',
    timings: undefined,
    gpuFailed: false,
    read: readWeights,
    wasm: {},
    loading: () => undefined,
    ...changes,
  });

it.each(['auto', 'webgpu'] as const)('a GPU that fails before it is ready leaves wasm: %s', async (wish) => {
  useWebGPU.mockRejectedValueOnce(new Stopped({ code: 'gpu-lost', reason: 'tfjs refused the device' }));
  const { report, engine } = await start({ wish });
  expect(report).toMatchObject({ running: 'wasm', because: { code: 'gpu-failed' } });
  engine.dispose();
});

it('weights that cannot be had are no fault of the GPU', async () => {
  useWebGPU.mockResolvedValueOnce({ id: 'webgpu', lost: new Promise(() => undefined) });
  const read = async (name: string) => Promise.reject(new WeightsError('unreachable', name, '404'));
  await expect(start({ wish: 'webgpu', read })).rejects.toBeInstanceOf(WeightsError);
  expect(useWebGPU).toHaveBeenCalledTimes(3);
});
