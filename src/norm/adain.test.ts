import '@tensorflow/tfjs-backend-cpu';
import { memory, ones, ready, tensor1d, zeros, type Rank } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { adain } from './adain';
import { cin } from './cin';
import { EPSILON } from './constants';
import { applyEdit } from './edit';
import { ShapeError } from './errors';
import { instanceNorm } from './instance-norm';
import { channelStatistics, statisticsOf } from './statistics';
import { randomFeatures, statisticsFrom, values } from './test-kit';
import type { FeatureEdit, Statistics } from './types';

/** A std of exactly `s` once EPSILON is inside the root. */
const variance = (s: number): number => s * s - EPSILON;
const channel = (mean: number, std: number): Statistics => statisticsFrom([mean], [variance(std)]);
const numbers = ({ mix, bias }: FeatureEdit): number[] => [...(mix ? values(mix) : []), ...values(bias)];

beforeAll(ready);

describe('adain', () => {
  it('[AD1] sends the content mean to the style mean and scales the spread', () => {
    // content 2 +- 1, style 10 +- 4: x = 3 is one std above, so it lands on 14.
    const [mix = NaN, bias = NaN] = numbers(adain(channel(2, 1), channelStatistics(channel(10, 4))));
    expect(mix * 2 + bias).toBeCloseTo(10, 4);
    expect(mix * 3 + bias).toBeCloseTo(14, 4);
  });

  it('[AD2] is the identity when the content is its own style, flat channels included', () => {
    const statistics = statisticsFrom([5, 3], [9, 0]);
    expect(numbers(adain(statistics, channelStatistics(statistics)))).toEqual([1, 1, 0, 0]);
  });

  it('[AD3] amplifies a channel that is flat in the photo by no more than std / sqrt(EPSILON)', () => {
    const [mix] = numbers(adain(statisticsFrom([5], [0]), channelStatistics(channel(0, 2))));
    expect(mix).toBeCloseTo(2 / Math.sqrt(EPSILON), 2);
  });

  it('[AD4] gives the edited features the style mean and std', () => {
    const [photo, painting] = [randomFeatures(1, 6, 5, 4), randomFeatures(2, 7, 9, 4)];
    const style = statisticsOf(painting);
    const edited = statisticsOf(applyEdit(photo, adain(statisticsOf(photo), channelStatistics(style))));
    values(edited.mean).forEach((m, i) => expect(m).toBeCloseTo(values(style.mean)[i] ?? NaN, 4));
    for (const i of [0, 5, 10, 15]) {
      const [got = NaN, want = NaN] = [values(edited.covariance)[i], values(style.covariance)[i]];
      expect(Math.abs(got / want - 1)).toBeLessThan(0.01); // EPSILON in both roots
    }
  });

  it('[AD5] refuses statistics of another layer, and says what it got', () => {
    const two = channelStatistics(statisticsFrom([0, 0], [1, 1]));
    expect(() => adain(channel(0, 1), two)).toThrow(ShapeError);
    expect(() => adain(channel(0, 1), two)).toThrow('content has 1 channels, style has 2');
  });

  it('[AD6] leaves two new tensors, and all inputs alive', () => {
    const [content, style] = [channel(2, 1), channelStatistics(channel(10, 4))];
    const before = memory().numTensors;
    adain(content, style);
    expect(memory().numTensors).toBe(before + 2);
    expect(content.mean.isDisposed || style.std.isDisposed).toBe(false);
  });
});

describe('instance normalisation', () => {
  it('[IN1] gives two photos that differ in contrast and cast the same statistics', () => {
    const average = { mean: tensor1d([1]), std: tensor1d([2]) };
    const darkFlat = numbers(instanceNorm(channel(-3, 0.5), average));
    const brightHard = numbers(instanceNorm(channel(8, 4), average));
    expect((darkFlat[0] ?? 0) * -2.5 + (darkFlat[1] ?? 0)).toBeCloseTo(3, 4); // one std above its mean
    expect((brightHard[0] ?? 0) * 12 + (brightHard[1] ?? 0)).toBeCloseTo(3, 4);
  });

  it('[IN2] before the average’s scale and shift, every channel has mean 0 and std 1', () => {
    const photo = randomFeatures(3, 6, 5, 4);
    const plain = { mean: zeros<Rank.R1>([4]), std: ones<Rank.R1>([4]) };
    const { mean, covariance } = statisticsOf(applyEdit(photo, instanceNorm(statisticsOf(photo), plain)));
    values(mean).forEach((m) => expect(m).toBeCloseTo(0, 4));
    for (const i of [0, 5, 10, 15]) expect(values(covariance)[i]).toBeCloseTo(1, 2); // EPSILON in the root
  });
});

describe('conditional instance normalisation', () => {
  it('[CI1] scales standardised content by gamma and shifts it by beta', () => {
    const style = { gamma: tensor1d([-3]), beta: tensor1d([7]) };
    const [mix = NaN, bias = NaN] = numbers(cin(channel(2, 0.5), style));
    expect(mix * 2.5 + bias).toBeCloseTo(4, 4); // one std above the mean: 7 - 3
  });
});
