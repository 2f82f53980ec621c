import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { inQuiet } from './quiet';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('work waits until nothing was asked for during a second, and is done once', async () => {
  const work = vi.fn(async () => undefined);
  const quiet = inQuiet(work);
  quiet.idle();
  await vi.advanceTimersByTimeAsync(900);
  quiet.busy();
  await vi.advanceTimersByTimeAsync(5000);
  expect(work).not.toHaveBeenCalled();
  quiet.idle();
  await vi.advanceTimersByTimeAsync(1000);
  expect(work).toHaveBeenCalledTimes(1);
  quiet.idle();
  await vi.advanceTimersByTimeAsync(5000);
  expect(work).toHaveBeenCalledTimes(1);
});

it('work that failed is tried again at the next quiet moment', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const work = vi.fn(async () => undefined).mockRejectedValueOnce(new Error('no connection'));
  const quiet = inQuiet(work);
  for (const times of [1, 2, 2]) {
    quiet.idle();
    await vi.advanceTimersByTimeAsync(1000);
    expect(work).toHaveBeenCalledTimes(times);
  }
  expect(warn).toHaveBeenCalledTimes(1);
  warn.mockRestore();
});
