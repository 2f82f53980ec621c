import type { KernelFunc } from '@tensorflow/tfjs-core';
import { desk, partsOf, shapeOf, type Four } from './desk';

const BLOCK = 1536; // values of a block of tiles: the products between them stay in the second cache

const blockOf = (...channels: number[]): number =>
  Math.max(4, 4 * Math.floor(BLOCK / Math.max(...channels) / 4));

/** Inputs: x [1, H + 2, W + 2, in], kernel [3, 3, in, out], bias [out]; in a multiple of 4, out of 8. */
export const convolve: KernelFunc = (call) => {
  const { team, input, at, make, scratch, clear } = desk(call);
  const { relu } = call.attrs as unknown as { readonly relu: boolean }; // layers.ts put it there
  const [x, kernel] = [input('x'), input('kernel')];
  const [height, width] = [shapeOf(x)[1] - 2, shapeOf(x)[2] - 2];
  const [, , from, to] = shapeOf(kernel);
  const out = make([1, height, width, to]);
  const weights = scratch(16 * from * to);
  team.run('winogradWeights', [[at(kernel), from, to, weights]]);
  const block = blockOf(from, to);
  const parts = partsOf(height, 2, team.parts);
  const each = 16 * block * (from + to);
  const room = scratch(each * parts.length);
  const parameters = [weights, at(input('bias')), relu ? 1 : 0, block] as const;
  team.run(
    'winograd',
    parts.map(({ start, end, index }) => {
      const x0 = at(x) + 4 * from * (width + 2) * start; // bytes
      const out0 = at(out) + 4 * to * width * start;
      return [x0, end - start, width, from, to, ...parameters, room + 4 * each * index, out0];
    }),
  );
  clear();
  return out;
};

/** Inputs: x [1, H + 2, W + 2, in], four phase kernels [2, 2, in, out], bias [out]; with a ReLU. */
export const upsample: KernelFunc = (call) => {
  const { team, input, places, at, make, scratch, clear } = desk(call);
  const { apart } = call.attrs as unknown as { readonly apart: boolean }; // layers.ts put it there
  const x = input('x');
  const [height, width] = [shapeOf(x)[1] - 2, shapeOf(x)[2] - 2];
  const [, , from, to] = shapeOf(input(0));
  const cell = 4 * to; // bytes
  const shape = apart ? [1, height, width, to] : [1, 2 * height, 2 * width, to];
  const outs = (apart ? [0, 1, 2, 3] : [0]).map(() => make(shape));
  const [first = 0, ...others] = outs.map(at);
  const row = cell * (apart ? width : 2 * width);
  const starts = apart ? [first, ...others] : [first, first + cell, first + row, first + row + cell];
  const [rowStep, columnStep] = apart ? [row, cell] : [2 * row, 2 * cell];
  const weights = scratch(9 * from * to);
  team.run('upsampleWeights', [[...places([0, 1, 2, 3]), from, to, weights]]);
  const block = blockOf(from, to);
  const parts = partsOf(height, 1, team.parts);
  const each = 9 * block * (from + to);
  const room = scratch(each * parts.length);
  team.run(
    'upsample',
    parts.map(({ start, end, index }) => {
      const x0 = at(x) + 4 * from * (width + 2) * start;
      const parameters = [weights, at(input('bias')), block, room + 4 * each * index] as const;
      const targets = starts.map((place) => place + rowStep * start) as unknown as Four;
      return [x0, end - start, width, from, to, ...parameters, ...targets, rowStep, columnStep];
    }),
  );
  clear();
  return outs;
};

/** Inputs: four phases [1, H, W, C], C a multiple of 4; kernel [3, 3, C, 3], bias [3]. */
export const convolvePhases: KernelFunc = (call) => {
  const { backend, team, input, places, at, make, scratch, clear } = desk(call);
  const [, height, width, channels] = shapeOf(input(0));
  const out = make([1, 2 * height, 2 * width, 3]);
  const byColour = make([3, 9 * channels]);
  const [from, to] = [backend.typedArrayFromHeap(input('kernel')), backend.typedArrayFromHeap(byColour)];
  for (let i = 0; i < from.length; i++) to[(i % 3) * 9 * channels + Math.floor(i / 3)] = from[i] ?? NaN;
  const parts = partsOf(2 * height, 1, team.parts);
  const each = 3 * (2 * width + 2) * channels;
  const room = scratch(each * parts.length);
  const parameters = [height, width, channels, at(byColour), at(input('bias'))] as const;
  team.run(
    'phasesToColour',
    parts.map(({ start, end, index }) => {
      return [...places([0, 1, 2, 3]), ...parameters, start, end, room + 4 * each * index, at(out)];
    }),
  );
  backend.disposeData(byColour.dataId);
  clear();
  return out;
};
