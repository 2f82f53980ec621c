import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  add,
  backend,
  dispose,
  eye,
  matMul,
  memory,
  mirrorPad,
  mul,
  reshape,
  stack,
  tensor1d,
  tensor4d,
  type Rank,
  type Tensor,
  type Tensor3D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import {
  COVARIANCE,
  PAD,
  padMap,
  ROOTS,
  statisticsOf,
  type Beside,
  type FeatureMap,
} from '../../../src/norm';
import { matrixRoots } from '../../../src/norm/matrix-roots';
import { randomFeatures, values } from '../../../src/norm/test-kit';
import { shippedNetworks, useWasm } from '../../../src/pipeline/test-kit';
import { decode } from '../decoder';
import { encode } from '../encoder';
import { phaseKernels, upConvolve, upConvolveToColour, convolve } from '../layers';
import { CONVOLVE, CONVOLVE_PHASES, offers, UPSAMPLE } from '../map-kernels';
import { build } from '../../../scripts/build-wasm';
import { withoutKernels } from './test-kit';
import { installKernels } from './install';

const ALL = [PAD, CONVOLVE, UPSAMPLE, CONVOLVE_PHASES, COVARIANCE, ROOTS];
const SIZES: readonly (readonly [number, number])[] = [[1, 1], [1, 4], [3, 1], [2, 2], [5, 3]]; // prettier-ignore
const wasm = (): BackendWasm => backend() as BackendWasm; // useWasm set it

function expectNear(got: Tensor, want: Tensor, limit: number): void {
  expect(got.shape).toEqual(want.shape);
  const [a, b] = [values(got), values(want)];
  const scale = Math.max(1, ...b.map(Math.abs));
  expect(Math.max(...a.map((v, i) => Math.abs(v - (b[i] ?? NaN)))) / scale).toBeLessThanOrEqual(limit);
}

beforeAll(useWasm);

describe('kernels on wasm', () => {
  it('[WK1] run, and are made from the source beside them', async () => {
    expect(ALL.filter(offers)).toEqual(ALL);
    const shipped = await readFile(new URL('binary.ts', import.meta.url), 'utf8');
    expect(shipped === (await build()), 'run `npm run build:wasm`').toBe(true);
  });

  it.each(['reflect', 'symmetric'] as const)('[WK2] pad as tfjs does: %s', (mode) => {
    const sides: readonly Beside[] = [[0, 0], [1, 0], [0, 1], [1, 1]]; // prettier-ignore
    for (const [height, width] of mode === 'reflect' ? SIZES.slice(3) : SIZES) {
      for (const channels of [1, 3, 16]) {
        const x = randomFeatures(1, height, width, channels);
        for (const rows of sides) {
          for (const columns of sides) {
            const want = mirrorPad(x, [[0, 0], [...rows], [...columns], [0, 0]], mode); // prettier-ignore
            expectNear(padMap(x, { rows, columns, mode }), want, 0);
          }
        }
      }
    }
  });

  const layerOf = (seed: number, from: number, to: number) => ({
    kernel: tensor4d(values(randomFeatures(seed, 9, from, to)), [3, 3, from, to]),
    bias: tensor1d(values(randomFeatures(seed, 1, 1, to))),
  });

  it.each(SIZES)('[WK3] upsample as tfjs does, mirrored at the edge: %i x %i', async (height, width) => {
    const x = randomFeatures(1, height, width, 4);
    const [up, last] = [phaseKernels(layerOf(3, 4, 8)), layerOf(4, 8, 3)];
    const all = () => [upConvolve(x, up), upConvolveToColour(x, up, last)];
    const [ours, tfjs] = [all(), await withoutKernels(all)];
    ours.forEach((map, i) => expectNear(map, tfjs[i] ?? x, 1e-5));
  });

  it.each([[2, 2, 8], [3, 5, 16], [8, 2, 8], [7, 30, 24], [24, 25, 128]])(
    '[WK4] convolve as tfjs does, also where tiles hang over: %i x %i, %i channels',
    async (height, width, channels) => {
      const x = randomFeatures(1, height, width, channels);
      const layer = layerOf(2, channels, 16);
      for (const activation of ['relu', 'linear'] as const) {
        const run = () => convolve(x, layer, { activation });
        expectNear(run(), await withoutKernels(run), 1e-5);
      }
    },
  ); // prettier-ignore

  it.each([
    [1, 1, 8],
    [7, 9, 24], // one cell less than is summed at once
    [8, 8, 8],
    [5, 13, 40], // one more
    [20, 20, 128],
  ])('[WK5] measure statistics as float64 does: %i x %i, %i channels', (height, width, channels) => {
    const x = add<Tensor4D>(randomFeatures(4, height, width, channels), 100) as FeatureMap; // far from 0
    const { count, mean, covariance } = statisticsOf(x);
    expect(count).toBe(height * width);
    const cells = values(x);
    const of = (c: number) => Array.from({ length: count }, (_, i) => cells[i * channels + c] ?? NaN);
    const columns = Array.from({ length: channels }, (_, c) => {
      const column = of(c);
      const average = column.reduce((a, b) => a + b, 0) / count;
      return { average, centred: column.map((v) => v - average) };
    });
    const exact = columns.flatMap((a) =>
      columns.map((b) => a.centred.reduce((sum, v, i) => sum + v * (b.centred[i] ?? NaN), 0) / count),
    );
    const scale = Math.max(1, ...exact);
    values(mean).forEach((v, c) => expect(Math.abs(v - (columns[c]?.average ?? NaN))).toBeLessThan(5e-5));
    values(covariance).forEach((v, i) => expect(Math.abs(v - (exact[i] ?? NaN)) / scale).toBeLessThan(1e-5));
  });

  it('[WK6] change neither features nor pictures of the networks', async () => {
    const { encoder, decoder } = await shippedNetworks();
    const go = async () => undefined;
    const pixels = tensor4d(values(randomFeatures(5, 20, 44, 3)).map(Math.abs), [1, 20, 44, 3]);
    const both = async () => {
      const features = await encode(encoder, pixels, go);
      return { features, pixels: await decode(decoder, features, go) };
    };
    const [ours, plain] = [await both(), await withoutKernels(both)];
    for (const map of ['features', 'pixels'] as const) expectNear(ours[map], plain[map], 1e-6);
  });

  it('[WK7] leave nothing behind', () => {
    const [x, layer, last] = [randomFeatures(1, 3, 4, 8), layerOf(2, 8, 8), layerOf(3, 8, 3)];
    const up = phaseKernels(layer);
    const [tensors, data] = [memory().numTensors, wasm().numDataIds()];
    const { mean, covariance } = statisticsOf(x);
    const matrices = reshape<Rank.R3>(covariance, [1, 8, 8]) as Tensor3D;
    const { root, inverseRoot } = matrixRoots(matrices, 1e-3);
    dispose([
      root,
      inverseRoot,
      matrices,
      mean,
      covariance,
      convolve(x, layer),
      upConvolve(x, up),
      upConvolveToColour(x, up, last),
    ]);
    expect([memory().numTensors, wasm().numDataIds()]).toEqual([tensors, data]);
  });

  it('[WK8] are left out where the memory of tfjs cannot be reached, and where there is no SIMD', () => {
    expect(installKernels({ wasm: {} } as BackendWasm)).toBe(false);
    const compile = vi.spyOn(WebAssembly, 'Module').mockImplementation(function () {
      throw new WebAssembly.CompileError('Wasm SIMD unsupported');
    });
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const asm = { memory: new WebAssembly.Memory({ initial: 1 }) };
    expect(installKernels({ wasm: { asm } } as unknown as BackendWasm)).toBe(false);
    expect(warn).toHaveBeenCalledOnce();
    compile.mockRestore();
    warn.mockRestore();
  });

  it.each([
    [1, 8],
    [5, 24], // more matrices than threads
    [2, 128],
  ])('[WK9] take matrix roots as tfjs does: %i of %i channels', async (count, channels) => {
    const covariances = Array.from({ length: count }, (_, k) => {
      const { covariance } = statisticsOf(randomFeatures(k + 1, 20, 20, channels));
      return mul(covariance, 10 ** k);
    });
    const matrices = stack(covariances) as Tensor3D;
    const both = () => matrixRoots(matrices, 1e-6);
    const [ours, tfjs] = [both(), await withoutKernels(both)];
    for (const which of ['root', 'inverseRoot'] as const) expectNear(ours[which], tfjs[which], 1e-5);
    const identity = eye(channels, channels, [count]);
    expectNear(matMul(ours.root, ours.inverseRoot), identity, 1e-3);
  });
});
