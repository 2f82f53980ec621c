import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { disposeStatistics } from '../norm';
import { randomStatistics, values } from '../norm/test-kit';
import { createEngine } from './engine';
import { asIfLarger } from './few-cells';
import type { Norm } from './request';
import { drawn, PAINTINGS, requestFor, shippedNetworks, useWasm } from './test-kit';

beforeAll(useWasm);

const NORMS: readonly Norm[] = [{ id: 'adain' }, { id: 'wct', groupSize: 64 }, { id: 'din' }, { id: 'in' }];

/** Every pixel is another. */
function motley(width: number, height: number) {
  return drawn(
    (x, y) => {
      const i = Math.floor(x * width) + width * Math.floor(y * height);
      return [200 - 10 * (i % 7), 120 + 5 * (i % 5), 60 + 7 * (i % 9)];
    },
    width,
    height,
  );
}

it.each([
  [3, 2],
  [6, 6],
])(
  '[FC1] a photo of %i x %i px stays among the colours of a single pixel, in every norm',
  async (width, height) => {
    const engine = createEngine(await shippedNetworks());
    const [paint] = PAINTINGS;
    if (!paint) throw new Error('there are paintings');
    const style = engine.keep(drawn(paint, 96, 96));
    const [small, pixel] = [engine.keep(motley(width, height)), engine.keep(motley(1, 1))];
    for (const norm of NORMS) {
      const { pixels } = await engine.stylise(requestFor(small, style, { norm }));
      const one = (await engine.stylise(requestFor(pixel, style, { norm }))).pixels.data;
      for (let c = 0; c < 3; c++) {
        const all = pixels.data.filter((_, i) => i % 4 === c);
        const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
        expect(Math.abs(mean - (one[c] ?? 0)), `${norm.id}, channel ${c}`).toBeLessThan(50);
      }
    }
  },
);

it('[FC2] spread is the average photo’s as far as cells are missing, and none of it from 16 on', () => {
  const [content, other] = [randomStatistics(1, 4), randomStatistics(2, 4)];
  const { mean: std } = other;
  const before = memory().numTensors;
  expect(asIfLarger({ ...content, count: 16 }, std)).toMatchObject({ covariance: content.covariance });
  const few = asIfLarger({ ...content, count: 4 }, std);
  expect(memory().numTensors).toBe(before + 2);
  const [a, b, s] = [values(few.covariance), values(content.covariance), values(std)];
  for (let i = 0; i < 16; i++) {
    const prior = i % 5 === 0 ? (s[i / 5] ?? 0) ** 2 : 0; // of the diagonal
    expect(a[i]).toBeCloseTo(0.25 * (b[i] ?? 0) + 0.75 * prior, 5);
  }
  expect(values(few.mean)).toEqual(values(content.mean));
  disposeStatistics(few);
  expect(memory().numTensors).toBe(before);
});
