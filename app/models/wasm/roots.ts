import type { KernelFunc } from '@tensorflow/tfjs-core';
import { desk, partsOf } from './desk';

/** Inputs: matrices [N, g, g], g a multiple of 8, and scales [steps]. Outputs: two [N, g, g]. A thread a matrix. */
export const roots: KernelFunc = (call) => {
  const { team, input, at, make, scratch, clear } = desk(call);
  const [matrices, scales] = [input('matrices'), input('scales')];
  const [count = 0, g = 0] = matrices.shape;
  const [steps = 0] = scales.shape;
  const [root, inverse] = [make(matrices.shape), make(matrices.shape)];
  const parts = partsOf(count, 1, team.parts);
  const size = 4 * g * g; // bytes
  const room = scratch(3 * g * g * parts.length);
  team.run(
    'roots',
    parts.map(({ start, end, index }) => {
      const places = [room + 3 * size * index, at(root) + size * start, at(inverse) + size * start] as const;
      return [at(matrices) + size * start, end - start, g, at(scales), steps, ...places];
    }),
  );
  clear();
  return [root, inverse];
};
