import { dispose, engine, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { shippedNetworks, useWasm } from '../../../src/pipeline/test-kit';
import { decodeByLayers } from '../decoder';
import { encodeByLayers } from '../encoder';
import type { Widths } from '../kernels';
import { withoutKernels } from '../wasm/test-kit';
import { planOf, submissionsOf, totalOf, type Plan } from './plan';
import { tileBytes, type Precision } from './program';

const WIDTHS: Widths = [16, 32, 64];
const SIZE = { height: 512, width: 512 };
const PIXELS = SIZE.height * SIZE.width;
const both = (precision: Precision): readonly Plan[] =>
  (['encoder', 'decoder'] as const).map((network) => planOf(network, WIDTHS, SIZE, precision));

/**
 * What the networks may cost for each pixel of a picture of 512 x 512. A change that needs more of anything
 * says so here, in the same commit.
 */
const BUDGETS = {
  encoder: { macs: 7_344, bytes: { float16: 173, float32: 318 }, loaded: { float16: 292, float32: 612 } },
  decoder: { macs: 11_440, bytes: { float16: 190, float32: 350 }, loaded: { float16: 434, float32: 795 } },
} as const;

describe('budgets of counts (not of times)', () => {
  it.each(['encoder', 'decoder'] as const)("[BG1] hold for the %s's operations", (network) => {
    const { macs } = totalOf(planOf(network, WIDTHS, SIZE, 'float32').dispatches);
    expect(macs / PIXELS).toBeLessThanOrEqual(BUDGETS[network].macs);
  });

  it.each([
    ['encoder', 'float16'],
    ['encoder', 'float32'],
    ['decoder', 'float16'],
    ['decoder', 'float32'],
  ] as const)("[BG2] hold for the %s's bytes in %s", (network, precision) => {
    const { read, written, loaded } = totalOf(planOf(network, WIDTHS, SIZE, precision).dispatches);
    expect((read + written) / PIXELS).toBeLessThanOrEqual(BUDGETS[network].bytes[precision]);
    expect(loaded / PIXELS).toBeLessThanOrEqual(BUDGETS[network].loaded[precision]);
  });

  it('[BG3] fit the networks that ship', async () => {
    await useWasm();
    const { channels, encoder } = await shippedNetworks();
    const widths = [encoder.conv1.bias.size, encoder.conv2.bias.size, channels];
    expect(widths).toEqual(WIDTHS);
  });
});

/** Multiplications of the convolutions that tfjs ran, from the shapes it reports. */
async function macsRun(work: () => Promise<unknown>): Promise<number> {
  const { kernels } = await engine().profile(async () => {
    await work();
    return [];
  });
  return kernels
    .filter(({ name }) => name.includes('Conv2D'))
    .reduce((sum, { inputShapes, outputShapes }) => {
      const [, kernel = []] = inputShapes as number[][]; // of a convolution: input, kernel, bias
      const [output = []] = outputShapes as number[][];
      const perValue = kernel.slice(0, 3).reduce((a, b) => a * b, 1);
      return sum + output.reduce((a, b) => a * b, perValue);
    }, 0);
}

describe('the composed path', () => {
  beforeAll(useWasm);

  it('[BG4] multiplies as often as the plan, and so as the budgets allow', async () => {
    const { encoder, decoder } = await shippedNetworks();
    const go = async () => undefined;
    const [height, width] = [32, 48];
    const pixels = tensor4d(new Float32Array(height * width * 3), [1, height, width, 3]);
    const features = await encodeByLayers(encoder, pixels, go);
    const run = (work: () => Promise<unknown>) => withoutKernels(() => macsRun(work)); // wasm's multiply less
    const planned = (network: 'encoder' | 'decoder') =>
      totalOf(planOf(network, WIDTHS, { height, width }, 'float32').dispatches).macs;
    expect(await run(async () => dispose(await encodeByLayers(encoder, pixels, go)))).toBe(
      planned('encoder'),
    );
    expect(await run(async () => dispose(await decodeByLayers(decoder, features, go)))).toBe(
      planned('decoder'),
    );
    dispose([pixels, features]);
  });
});

describe('a plan', () => {
  it('[PL1] covers every cell of every layer, and no layer with a group to spare', () => {
    const sizes = [8, 12, 24, 136, 512].flatMap((height) =>
      [8, 20, 40, 264].map((width) => ({ height, width })),
    );
    for (const size of sizes) {
      for (const network of ['encoder', 'decoder'] as const) {
        for (const { layer, cells, grid, program } of planOf(network, WIDTHS, size, 'float32').dispatches) {
          const [wide, high] = [program.threads[0], program.threads[1] * program.rows];
          const where = `${network}/${layer} at ${size.width} x ${size.height}`;
          expect((grid[0] - 1) * wide, where).toBeLessThan(cells.width);
          expect(grid[0] * wide, where).toBeGreaterThanOrEqual(cells.width);
          expect((grid[1] - 1) * high, where).toBeLessThan(cells.height);
          expect(grid[1] * high, where).toBeGreaterThanOrEqual(cells.height);
          expect(grid[2] * program.blocks, where).toBe(program.phases * program.vectors[1]);
        }
      }
    }
  });

  it('[PL2] asks for no more than every WebGPU device grants', () => {
    for (const { dispatches } of [...both('float16'), ...both('float32')]) {
      for (const { program } of dispatches) {
        expect(tileBytes(program)).toBeLessThanOrEqual(16_384);
        expect(program.threads[0] * program.threads[1]).toBeLessThanOrEqual(256);
      }
    }
  });

  it('[PL3] never reads the scratch buffer that it writes, and reads what the layer before wrote', () => {
    for (const { dispatches } of both('float32')) {
      for (const [i, { from, to }] of dispatches.entries()) {
        expect(from).not.toBe(to);
        if (i > 0) expect(from).toBe(dispatches[i - 1]?.to);
      }
    }
  });

  it('[PL4] needs half the scratch in float16: 24 values a pixel in all', () => {
    for (const [precision, bytes] of [
      ['float16', 2],
      ['float32', 4],
    ] as const) {
      // prettier-ignore
      for (const { scratch } of both(precision)) {
        expect(scratch).toEqual({ ping: 16 * bytes * PIXELS, pong: 8 * bytes * PIXELS });
      }
    }
  });

  it("[PL5] of the layers' own arithmetic: conv4 of 64 x 64 px is 16 x 16 cells of 9 x 64 x 64", () => {
    const { dispatches } = planOf('encoder', WIDTHS, { height: 64, width: 64 }, 'float16');
    const conv4 = dispatches.find(({ layer }) => layer === 'conv4');
    expect(conv4?.counts).toMatchObject({
      macs: 16 * 16 * 9 * 64 * 64,
      read: 16 * 16 * 64 * 2 + 9 * 64 * 64 * 2 + 64 * 4,
      written: 16 * 16 * 64 * 4, // float32: the statistics are measured on it
    });
  });

  it('[PL6] is sent whole when small, and in order, in pieces of 4 G multiplications, when large', () => {
    const pieces = (side: number) => {
      const plan = planOf('decoder', WIDTHS, { height: side, width: side }, 'float32');
      return { plan, sent: submissionsOf(plan) };
    };
    expect(pieces(256).sent).toHaveLength(1); // 0.7 G
    const { plan, sent } = pieces(1408); // 23 G
    expect(sent.flat()).toEqual(plan.dispatches);
    expect(sent.length).toBeGreaterThan(5);
    for (const piece of sent) {
      expect(piece.length === 1 || totalOf(piece).macs <= 4e9).toBe(true);
    }
  });
});
