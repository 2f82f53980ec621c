import '@tensorflow/tfjs-backend-cpu';
import { ready, tensor, type Tensor1D, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  adain,
  applyEdit,
  channelStatistics,
  cin,
  din,
  EPSILON,
  instanceNorm,
  pool,
  SHRINK,
  statisticsOf,
  stdOf,
  wct,
} from '.';
import fixture from './fixtures/norms.json';
import { values } from './test-kit';

/** The fixture is written by `python -m training.parity`: the norms that the networks were trained with. */

interface Flat {
  readonly shape: number[];
  readonly values: number[];
}

const load = <T>({ shape, values }: Flat): T => tensor(values, shape, 'float32') as T; // the fixture's shapes are the ranks

function expectEqual(got: number[], { values: want }: Flat): void {
  expect(got.length).toBe(want.length);
  const scale = Math.max(1, ...want.map(Math.abs));
  const worst = Math.max(...got.map((v, i) => Math.abs(v - (want[i] ?? NaN))));
  expect(worst / scale).toBeLessThan(1e-4);
}

beforeAll(ready);

describe('agreement with training/norms.py to 1e-4', () => {
  it('[PN1] in the constants', () => {
    expect([fixture.epsilon, fixture.shrink]).toEqual([EPSILON, SHRINK]);
  });

  it.each(fixture.cases)('[PN2] in statistics: $name', ({ content, style }) => {
    for (const side of [content, style]) {
      const statistics = statisticsOf(load<Tensor4D>(side.features));
      expectEqual(values(statistics.mean), side.mean);
      expectEqual(values(statistics.covariance), side.covariance);
      expectEqual(values(stdOf(statistics)), side.std);
    }
  });

  it.each(fixture.cases)('[PN3] in every norm: $name', ({ content, style, edited }) => {
    const features = load<Tensor4D>(content.features);
    const [from, to] = [statisticsOf(features), statisticsOf(load<Tensor4D>(style.features))];
    const channels = channelStatistics(to);
    const average = { mean: load<Tensor1D>(fixture.in.mean), std: load<Tensor1D>(fixture.in.std) };
    const affine = { gamma: load<Tensor1D>(fixture.cin.gamma), beta: load<Tensor1D>(fixture.cin.beta) };
    const dynamic = {
      depthwise: load<Tensor4D>(fixture.din.depthwise),
      pointwise: load<Tensor2D>(fixture.din.pointwise),
      bias: load<Tensor1D>(fixture.din.bias),
    };
    const edits = {
      in: instanceNorm(from, average),
      cin: cin(from, affine),
      adain: adain(from, channels),
      'wct-2': wct(from, to, 2),
      'wct-4': wct(from, to, 4),
      'wct-8': wct(from, to, 8),
      din: din(from, channels, dynamic),
    };
    for (const [name, want] of Object.entries(edited)) {
      expectEqual(values(applyEdit(features, edits[name as keyof typeof edits])), want);
    }
  });

  it('[PN4] in pooled statistics', () => {
    const { pictures, mean, covariance, std } = fixture.pooled;
    const pooled = pool(pictures.map(({ features }) => statisticsOf(load<Tensor4D>(features))));
    expectEqual(values(pooled.mean), mean);
    expectEqual(values(pooled.covariance as Tensor2D), covariance);
    expectEqual(values(stdOf(pooled)), std);
  });
});
