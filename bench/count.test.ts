import { engine, zeros, type Rank } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { shippedNetworks, useWasm } from '../src/pipeline/test-kit';
import { costOf } from './count';
import { PEERS, TFJS_PEER_NAMES, TFJS_PEERS } from './peers';
import { networkOf } from './runner';
import { bilinear, conv, nearest, pool, residual, separable } from './steps';
import { randomWeights } from './weights';

describe('multiplications a pixel', () => {
  it.each([
    ['a dense 3x3 from 3 to 16', [conv(3, 3, 16)], 432, 448],
    ['with stride 2, a quarter of the cells', [conv(3, 3, 16, { stride: 2 })], 108, 448],
    ['after pooling, too', [pool, conv(1, 8, 8)], 16, 72],
    ['after an upsampling, four times as many', [nearest, conv(1, 8, 8)], 256, 72],
    ['separable: 9 a channel, then a matrix', [...separable(3, 8, 4)], 72 + 32, 72 + 32],
    ['pairs of inputs: 2 x 9 an output', [conv(3, 8, 4, { groups: 4 })], 72, 76],
    ['both ways of a sum', [residual([conv(1, 8, 8)]), conv(1, 8, 8)], 128, 144],
  ] as const)('[CT1] %s', (_, steps, macs, parameters) => {
    expect(costOf(steps)).toEqual({ macs, parameters });
  });

  it('[CT2] of a 3x3 after a nearest upsampling as phase kernels are 4 of 9; of nothing else', () => {
    const phases = true;
    expect(costOf([pool, nearest, conv(3, 8, 8)], { phases }).macs).toBe(256);
    expect(costOf([pool, bilinear, conv(3, 8, 8)], { phases }).macs).toBe(576);
    expect(costOf([pool, nearest, conv(1, 8, 8)], { phases }).macs).toBe(64);
  });
});

describe('networks that are known', () => {
  beforeAll(useWasm);

  it("[CT3] ours: 23,904 as trained, 18,784 as it runs, with the weights' own count of parameters", async () => {
    const { steps } = PEERS['stock-ops'];
    const { encoder, decoder } = (await shippedNetworks()).parameters;
    expect(costOf(steps)).toEqual({ macs: 23_904, parameters: encoder + decoder });
    expect(costOf(steps, { phases: true }).macs).toBe(18_784);
  });

  it('[CT4] VGG-19 AdaIN by hand', () => {
    const down = 1_728 + 36_864 + 18_432 + 36_864 + 18_432 + 3 * 36_864 + 18_432;
    expect(costOf(PEERS['vgg-adain'].steps).macs).toBe(9 + 2 * down); // the decoder is the encoder mirrored
    expect(costOf(PEERS['vgg-adain'].steps).parameters / 1e6).toBeCloseTo(7.0, 1);
  });

  it("[CT5] Magenta's separable transformer by hand", () => {
    const block = 2 * (9 * 128 + 128 ** 2);
    const up = (9 * 128 + 128 * 64) / 4 + (9 * 64 + 64 * 32) + (81 * 32 + 32 * 3);
    const down = 81 * 3 * 32 + (9 * 32 * 64) / 4 + (9 * 64 * 128) / 16;
    expect(costOf(PEERS.magenta.steps).macs).toBe(down + (5 * block) / 16 + up);
  });

  it('[CT6] MicroAST by hand', () => {
    const residuals = (8 * 9 * 64 ** 2) / 16;
    const down = 81 * 3 * 16 + (9 * 32) / 4 + 32 ** 2 / 4 + (9 * 64) / 16 + 64 ** 2 / 16;
    const up = (18 * 32) / 4 + 32 ** 2 / 4 + 18 * 16 + 16 ** 2 + 81 * 16 * 3;
    expect(costOf(PEERS.microast.steps).macs).toBe(down + residuals + up);
  });

  it.each(TFJS_PEER_NAMES)('[CT7] %s: as many as tfjs reports that it ran', async (name) => {
    const network = networkOf(TFJS_PEERS[name], randomWeights);
    const pixels = zeros<Rank.R4>([1, 32, 32, 3]);
    const { kernels } = await engine().profile(async () => {
      network.run(pixels).dispose();
      return [];
    });
    const ran = kernels.reduce((sum, { name: kernel, inputShapes, outputShapes }) => {
      if (!/Conv2D|DepthwiseConv2dNative/.test(kernel)) return sum;
      const [size, , inputs] = (inputShapes as number[][])[1] ?? []; // input, kernel, bias
      const values = ((outputShapes as number[][])[0] ?? []).reduce((a, b) => a * b, 1);
      return sum + values * (size ?? NaN) ** 2 * (kernel.includes('Depthwise') ? 1 : (inputs ?? NaN));
    }, 0);
    expect(ran / 32 ** 2).toBe(costOf(TFJS_PEERS[name].steps).macs);
    network.dispose();
    pixels.dispose();
  });
});
