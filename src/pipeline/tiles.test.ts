import { describe, expect, it } from 'vitest';
import { OVERLAP, tilesOf } from './tiles';

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
      expect([inner.left % 8, inner.top % 8, outer.left % 8, outer.top % 8]).toEqual([0, 0, 0, 0]);
      expect(inner.left - outer.left).toBe(Math.min(OVERLAP, inner.left));
      expect(outer.left + outer.width).toBe(Math.min(width, inner.left + inner.width + OVERLAP));
      expect(outer.top + outer.height).toBe(Math.min(height, inner.top + inner.height + OVERLAP));
    }
  });
});
