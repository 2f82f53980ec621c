import type { KernelFunc } from '@tensorflow/tfjs-core';
import type { Padding } from '../../../src/norm';
import { desk, partsOf, shapeOf } from './desk';

const CHUNK = 64; // cells, as in assembly/covariance.ts

/** Input: x [1, H, W, C]. */
export const pad: KernelFunc = (call) => {
  const { team, input, at, make } = desk(call);
  const { rows, columns, mode } = call.attrs as unknown as Padding; // padMap put them there
  const x = input('x');
  const [, height, width, channels] = shapeOf(x);
  const [top, bottom] = rows;
  const padded = top + height + bottom;
  const out = make([1, padded, columns[0] + width + columns[1], channels]);
  const edges = [top, ...columns, mode === 'reflect' ? 1 : 0] as const;
  team.run(
    'pad',
    partsOf(padded, 1, team.parts).map(({ start, end }) => {
      return [at(x), height, width, channels, ...edges, start, end, at(out)];
    }),
  );
  return out;
};

/** Input: x [1, H, W, C], C a multiple of 8. Outputs: mean [C], covariance [C, C]. */
export const covariance: KernelFunc = (call) => {
  const { team, input, at, make, scratch, clear } = desk(call);
  const x = input('x');
  const [, height, width, channels] = shapeOf(x);
  const [mean, result] = [make([channels]), make([channels, channels])];
  const cells = height * width;
  const squared = channels * channels;
  const parts = partsOf(height, 1, team.parts).map(({ start, end, index }) => {
    return { index, x0: at(x) + 4 * channels * width * start, n: (end - start) * width };
  });
  const added = scratch(parts.length * squared); // room for both kinds of sums, one after the other
  const room = scratch(parts.length * CHUNK * channels);
  team.run(
    'sums',
    parts.map(({ index, x0, n }) => [x0, n, channels, added + 4 * channels * index]),
  );
  team.run('average', [[added, parts.length, channels, cells, at(mean)]]);
  team.run(
    'products',
    parts.map(({ index, x0, n }) => {
      const chunk = room + 4 * CHUNK * channels * index;
      return [x0, n, channels, at(mean), added + 4 * squared * index, chunk];
    }),
  );
  team.run('average', [[added, parts.length, squared, cells, at(result)]]);
  clear();
  return [mean, result];
};
