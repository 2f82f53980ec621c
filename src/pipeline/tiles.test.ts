import '@tensorflow/tfjs-backend-cpu';
import { ones, ready, tensor4d, zeros, type Rank } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { DECODER_LAYERS, decode, decoderWeights } from '../../app/models/decoder';
import { encode, ENCODER_LAYERS } from '../../app/models/encoder';
import type { Convolution, LayerScales, Scale } from '../../app/models/layers';
import { CELL } from '../../app/models/features';
import { applyEdit } from '../norm';
import { values } from '../norm/test-kit';
import { OVERLAP, tilesOf } from './tiles';

beforeAll(ready);

describe('tiles', () => {
  it('[TI1] of a small picture are one, the whole', () => {
    const whole = { left: 0, top: 0, width: 640, height: 480 };
    expect(tilesOf({ width: 640, height: 480 })).toEqual([{ inner: whole, outer: whole }]);
  });

  it.each([
    [1, 1],
    [1, 3000],
    [1025, 7],
    [2047, 1100],
    [5000, 3000],
  ])('[TI2] cover %i x %i px once, on whole cells', (width, height) => {
    // prettier-ignore
    const tiles = tilesOf({ width, height });
    expect(tiles.reduce((sum, { inner }) => sum + inner.width * inner.height, 0)).toBe(width * height);
    for (const { inner, outer } of tiles) {
      expect([inner.left % CELL, inner.top % CELL, outer.left % CELL, outer.top % CELL]).toEqual([
        0, 0, 0, 0,
      ]);
      expect(inner.left - outer.left).toBe(Math.min(OVERLAP, inner.left));
      expect(outer.left + outer.width).toBe(Math.min(width, inner.left + inner.width + OVERLAP));
      expect(outer.top + outer.height).toBe(Math.min(height, inner.top + inner.height + OVERLAP));
    }
  });

  it('[TI3] overlap by as many whole cells as a colour can depend on pixels beyond its own cell, no more', async () => {
    let furthest = 0;
    for (let column = 96; column < 96 + CELL; column++) {
      for (const coloured of await columnsThatSee(column, 200)) {
        const start = coloured - (coloured % CELL); // of the cell; a tile may begin and end with it
        furthest = Math.max(furthest, start - column, column - (start + CELL - 1));
      }
    }
    expect(furthest).toBe(30);
    expect(OVERLAP).toBe(Math.ceil(furthest / CELL) * CELL);
  });
});

/**
 * Which columns of the output are not 0 when one column of the input is not, in networks of the real layers
 * with one channel and positive kernels, so that nothing cancels, under a 3x3 edit as DIN's.
 */
async function columnsThatSee(column: number, width: number): Promise<number[]> {
  const go = async (): Promise<void> => undefined;
  const white = Array.from({ length: 16 * width * 3 }, (_, i) =>
    Number(Math.floor(i / 3) % width === column),
  );
  const features = await encode(positive(ENCODER_LAYERS), tensor4d(white, [1, 16, width, 3]), go);
  const around = { depthwise: ones<Rank.R4>([3, 3, 1, 1]), pointwise: ones<Rank.R2>([1, 1]) };
  const edit = { local: [around], bias: zeros<Rank.R1>([1]) };
  const edited = applyEdit(features, edit);
  const output = values(await decode(decoderWeights(positive(DECODER_LAYERS)), edited, go));
  return Array.from({ length: width }, (_, x) => x).filter((x) => (output[3 * x] ?? 0) > 0);
}

function positive<Name extends string>(layers: Readonly<Record<Name, LayerScales>>) {
  const channels = (scale: Scale): number => (scale === 'pixels' ? 3 : 1);
  const weights = Object.entries<LayerScales>(layers).map(([name, [from, to]]): [string, Convolution] => [
    name,
    { kernel: ones([3, 3, channels(from), channels(to)]), bias: zeros([channels(to)]) },
  ]);
  return Object.fromEntries(weights) as Record<Name, Convolution>;
}
