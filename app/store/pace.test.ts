import { expect, it } from 'vitest';
import { createPace } from './pace';

it('an unknown device is expected to be slow', () => {
  expect(createPace().expectedMs(1, false)).toBe(Infinity);
});

it('a photo that was read before costs the painting only', () => {
  const pace = createPace();
  pace.learn(10_000, { encoding: 30, normalising: 2, decoding: 18 });
  expect(pace.expectedMs(20_000, true)).toBe(100);
  expect(pace.expectedMs(20_000, false)).toBe(40);
});

it('a picture whose photo was kept says nothing of reading', () => {
  const pace = createPace();
  pace.learn(10_000, { encoding: 30, normalising: 2, decoding: 18 });
  pace.learn(10_000, { encoding: 0, normalising: 0, decoding: 10 });
  expect(pace.expectedMs(10_000, true)).toBe(40);
});

it('a tiny picture, all overhead, teaches nothing', () => {
  const pace = createPace();
  pace.learn(1, { encoding: 30, normalising: 2, decoding: 18 });
  expect(pace.expectedMs(1, false)).toBe(Infinity);
});
