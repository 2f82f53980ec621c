import '@tensorflow/tfjs-backend-cpu';
import {
  add,
  conv2d,
  div,
  eye,
  memory,
  mirrorPad,
  mul,
  ready,
  sub,
  tensor1d,
  tensor2d,
  tensor4d,
  zeros,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { din } from './din';
import { applyEdit, atStrength, disposeEdit, identityEdit, weightedSum } from './edit';
import { ShapeError } from './errors';
import { channelStatistics, statisticsOf, stdOf } from './statistics';
import { randomFeatures, randomNumbers, randomStatistics, row, values } from './test-kit';
import type { DynamicKernel, FeatureEdit, LocalPart } from './types';

beforeAll(ready);

const perChannel = (mix: number[], bias: number[]): FeatureEdit => ({
  mix: tensor1d(mix),
  bias: tensor1d(bias),
});

function randomKernel(seed: number, channels: number): DynamicKernel {
  const random = randomNumbers(seed);
  const numbers = (length: number): number[] => Array.from({ length }, random);
  return {
    depthwise: tensor4d(numbers(9 * channels), [3, 3, channels, 1]),
    pointwise: tensor2d(numbers(channels ** 2), [channels, channels]),
    bias: tensor1d(numbers(channels)),
  };
}

/** What DIN's two parts stand for, as tfjs convolves with it: [3, 3, C in, C out]. */
function oneKernel({ depthwise, pointwise }: LocalPart): Tensor4D {
  return mul(depthwise, pointwise);
}

function expectClose(got: number[], want: number[], digits = 4): void {
  expect(got.length).toBe(want.length);
  got.forEach((v, i) => expect(v).toBeCloseTo(want[i] ?? NaN, digits));
}

describe('applying an edit', () => {
  it('[ED1] changes nothing for the identity', () => {
    const features = randomFeatures(1, 3, 4, 2);
    expect(values(applyEdit(features, identityEdit(2)))).toEqual(values(features));
  });

  it('[ED2] scales and shifts each channel', () => {
    expect(values(applyEdit(row([1, 10], [2, 20]), perChannel([2, 0.5], [1, -1])))).toEqual([3, 4, 5, 9]);
  });

  it('[ED3] mixes channels: row i of the matrix is where channel i goes', () => {
    const edit = { mix: tensor2d([[0, 1], [2, 0]]), bias: tensor1d([0, 100]) }; // prettier-ignore
    expect(values(applyEdit(row([1, 10]), edit))).toEqual([20, 101]);
  });

  it('[ED4] adds a local part: a kernel that looks one cell to the right, reflected at the edge', () => {
    const kernel = new Array<number>(9).fill(0);
    kernel[5] = 1; // row 1, column 2
    const features = tensor4d([1, 2, 3, 4, 5, 6], [1, 2, 3, 1]);
    const right = { depthwise: tensor4d(kernel, [3, 3, 1, 1]), pointwise: tensor2d([[1]]) };
    const edit = { local: [right], bias: tensor1d([0]) };
    expect(values(applyEdit(features, edit))).toEqual([2, 3, 2, 5, 6, 5]);
  });

  it('[ED5] refuses an edit for other channels', () => {
    expect(() => applyEdit(row([1, 2]), identityEdit(3))).toThrow(ShapeError);
  });
});

describe('sums of edits', () => {
  const features = randomFeatures(2, 4, 5, 4);
  const edits: FeatureEdit[] = [
    perChannel([1, 2, 3, 4], [4, 3, 2, 1]),
    { mix: tensor2d(values(randomFeatures(3, 1, 4, 4)), [4, 4]), bias: tensor1d([1, 1, 0, 0]) },
    { local: [randomKernel(4, 4)], bias: tensor1d([0, 0, 0, 5]) },
    { local: [randomKernel(5, 4), randomKernel(10, 4)], bias: tensor1d([0, 1, 0, 0]) },
  ];

  it('[ED6] applying a sum is the sum of applying: vectors, matrices and local parts together', () => {
    const weights = [0.5, -0.25, 0.75, 0.1];
    const parts = edits.map((edit) => values(applyEdit(features, edit)));
    const want =
      parts[0]?.map((_, i) => weights.reduce((sum, w, k) => sum + w * (parts[k]?.[i] ?? NaN), 0)) ?? [];
    expectClose(values(applyEdit(features, weightedSum(edits, weights))), want);
  });

  it('[ED7] strength 0 is the content, 1 the edit, and one half lies half way', () => {
    for (const edit of edits) {
      const [none, half, full] = [0, 0.5, 1].map((s) => values(applyEdit(features, atStrength(edit, s))));
      expectClose(none ?? [], values(features), 5);
      expectClose(full ?? [], values(applyEdit(features, edit)), 5);
      expectClose(half ?? [], (none ?? []).map((v, i) => (v + (full?.[i] ?? NaN)) / 2), 4); // prettier-ignore
    }
  });

  it('[ED8] refuses no edits, a wrong number of weights, other channels', () => {
    expect(() => weightedSum([], [])).toThrow(ShapeError);
    expect(() => weightedSum(edits, [1])).toThrow('4 edits with 1 weights');
    expect(() => weightedSum([identityEdit(2), identityEdit(4)], [1, 1])).toThrow(ShapeError);
  });

  it('[ED10] what counts for nothing is left out: no work for it', () => {
    expect(Object.keys(atStrength(edits[2] as FeatureEdit, 1))).toEqual(['local', 'bias']);
    expect(Object.keys(atStrength(edits[2] as FeatureEdit, 0))).toEqual(['mix', 'bias']);
  });

  it('[ED11] of nothing but a bias gives the bias in every cell', () => {
    const edited = applyEdit(randomFeatures(1, 2, 3, 2), { bias: tensor1d([5, 7]) });
    expect(edited.shape).toEqual([1, 2, 3, 2]);
    expect(values(edited)).toEqual([5, 7, 5, 7, 5, 7, 5, 7, 5, 7, 5, 7]);
  });

  it('[ED9] leaves only its own tensors behind', () => {
    const before = memory().numTensors;
    const sum = weightedSum(edits, [1, 1, 1, 1]);
    const [mix, bias, local] = [1, 1, 3 * 2];
    expect(memory().numTensors).toBe(before + mix + bias + local);
    const edited = applyEdit(features, sum);
    expect(memory().numTensors).toBe(before + mix + bias + local + 1);
    edited.dispose();
    disposeEdit(sum);
    expect(memory().numTensors).toBe(before);
  });
});

describe('din', () => {
  const channels = 6;
  const content = randomFeatures(6, 5, 4, channels);
  const style = randomStatistics(7, channels);
  const centre = Array.from({ length: 9 * channels }, (_, i) => Number(Math.floor(i / channels) === 4));
  const identity: DynamicKernel = {
    depthwise: tensor4d(centre, [3, 3, channels, 1]),
    pointwise: eye(channels),
    bias: zeros([channels]),
  };

  it('[DI1] with the identity kernel and no bias gives the style its mean and std: it is AdaIN', () => {
    const edited = statisticsOf(
      applyEdit(content, din(statisticsOf(content), channelStatistics(style), identity)),
    );
    expectClose(values(edited.mean), values(style.mean));
    const ratio = values(stdOf(edited)).map((s, i) => s / (values(stdOf(style))[i] ?? NaN));
    ratio.forEach((r) => expect(r).toBeCloseTo(1, 2));
  });

  it('[DI2] folds standardising, kernel, spread and mean into one local part and one bias', () => {
    const dynamic = randomKernel(8, channels);
    const statistics = statisticsOf(content);
    const { mean, std } = channelStatistics(style);
    const standard = div<Tensor4D>(sub(content, statistics.mean), stdOf(statistics));
    const padded = mirrorPad(standard, [[0, 0], [1, 1], [1, 1], [0, 0]], 'reflect'); // prettier-ignore
    const convolved = conv2d(padded, oneKernel(dynamic), 1, 'valid');
    const want = add(mul(add(convolved, dynamic.bias), std), mean);
    const got = applyEdit(content, din(statistics, { mean, std }, dynamic));
    expectClose(values(got), values(want), 3);
  });

  it('[DI3] refuses a kernel for other channels', () => {
    const four = randomKernel(9, 4);
    expect(() => din(statisticsOf(content), channelStatistics(style), four)).toThrow(ShapeError);
  });
});
