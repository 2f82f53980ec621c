import { expect, it, vi } from 'vitest';
import { once } from './once';

it('a promise is made once, and again only after it was rejected', async () => {
  const make = vi.fn(async () => 7).mockRejectedValueOnce(new Error('no connection'));
  const get = once(make);
  await expect(get()).rejects.toThrow('no connection');
  const [first, second] = [get(), get()];
  expect(second).toBe(first);
  expect(await first).toBe(7);
  expect(make).toHaveBeenCalledTimes(2);
});
