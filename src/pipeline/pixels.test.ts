import '@tensorflow/tfjs-backend-cpu';
import { ready } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { values } from '../norm/test-kit';
import { cells, opaque, padded, sizeAt, toPixels, toTensor, type Pixels } from './pixels';

beforeAll(ready);

const picture = (width: number, height: number, ...bytes: number[]): Pixels => ({
  width,
  height,
  data: new Uint8ClampedArray(bytes),
});

describe('pixels', () => {
  it('[PX1] are padded to whole cells of 4, two at least, and know their cells', () => {
    expect([1, 4, 8, 9, 12, 3000].map(padded)).toEqual([8, 8, 8, 12, 12, 3000]);
    expect([1, 4, 5, 8, 17].map((length) => cells(length))).toEqual([1, 1, 2, 2, 5]);
  });

  it('[PX2] are scaled down to a short side, never up, never to nothing', () => {
    expect(sizeAt({ width: 3000, height: 2000 }, 512)).toEqual({ width: 768, height: 512 });
    expect(sizeAt({ width: 300, height: 200 }, 512)).toEqual({ width: 300, height: 200 });
    expect(sizeAt({ width: 6000, height: 2000 }, 512)).toEqual({ width: 1536, height: 512 });
    expect(sizeAt({ width: 6000, height: 600 }, 512)).toEqual({ width: 2804, height: 280 }); // 3 x 512 x 512 px
    expect(sizeAt({ width: 6000, height: 600 }, 0)).toEqual({ width: 6000, height: 600 });
    expect(sizeAt({ width: 1, height: 3000 }, 512)).toEqual({ width: 1, height: 3000 });
    expect(sizeAt({ width: 3000, height: 2000 }, 0)).toEqual({ width: 3000, height: 2000 });
  });

  it('[PX3] repeat their last row and column into the padding', () => {
    const rgb = new Float32Array([0.1, 0.1, 0.1, 0.2, 0.2, 0.2, 0.3, 0.3, 0.3, 0.4, 0.4, 0.4]);
    const tensor = toTensor(rgb, { width: 2, height: 2 }, { left: 0, top: 0, width: 2, height: 2 });
    const red = values(tensor).filter((_, i) => i % 3 === 0);
    expect(tensor.shape).toEqual([1, 8, 8, 3]);
    expect(red.slice(0, 4).map((v) => v.toFixed(1))).toEqual(['0.1', '0.2', '0.2', '0.2']);
    expect(red.slice(-2).map((v) => v.toFixed(1))).toEqual(['0.4', '0.4']);
  });

  it('[PX4] behind full transparency take the mean of what can be seen', () => {
    const rgb = opaque(picture(2, 1, 255, 0, 102, 255, 0, 255, 0, 0));
    [1, 0, 0.4, 1, 0, 0.4].forEach((v, i) => expect(rgb[i]).toBeCloseTo(v, 5));
    expect([...opaque(picture(1, 1, 9, 9, 9, 0))]).toEqual([0.5, 0.5, 0.5]); // nothing can be seen
  });

  it('[PX5] keep their alpha, round and clip', () => {
    const source = picture(2, 1, 0, 0, 0, 7, 0, 0, 0, 255);
    const { data } = toPixels(new Float32Array([-1, 2, 0.5, 1 / 255, 0.4 / 255, 0.6 / 255]), source);
    expect([...data]).toEqual([0, 255, 128, 7, 1, 0, 1, 255]);
  });
});
