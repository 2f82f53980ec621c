import { describe, expect, it } from 'vitest';
import { enlarge } from './enlarge';
import { withoutHoles } from './without-holes';
import { colouredBy as painted } from './test-kit';

type Colour = readonly [number, number, number, number];

const HOLE: Colour = [0, 0, 0, 0];

describe('colours behind transparency', () => {
  it('are those of the nearest that is seen, as far as eight pixels', () => {
    const { data } = withoutHoles(painted(20, 1, (x) => (x < 0.1 ? [200, 100, 50, 255] : HOLE)));
    expect([...data.subarray(4 * 9, 4 * 9 + 4)]).toEqual([200, 100, 50, 0]);
    expect([...data.subarray(4 * 10, 4 * 10 + 4)]).toEqual(HOLE);
  });

  it('are the mean where two meet', () => {
    const { data } = withoutHoles(
      painted(3, 1, (x) => (x < 0.3 ? [100, 0, 0, 255] : x > 0.7 ? [0, 100, 0, 9] : HOLE)),
    );
    expect([...data.subarray(4, 8)]).toEqual([50, 50, 0, 0]);
  });

  it('leave alone a picture without holes, and one that is nothing else', () => {
    const solid = painted(4, 4, () => [1, 2, 3, 255]);
    expect(withoutHoles(solid)).toBe(solid);
    const empty = painted(4, 4, () => HOLE);
    expect(withoutHoles(empty)).toBe(empty);
  });

  it('leave no dark rim on black artwork that is painted red and enlarged', async () => {
    const disc =
      (colour: Colour) =>
      (x: number, y: number): Colour =>
        Math.hypot(x - 0.5, y - 0.5) < 0.3 ? colour : HOLE;
    const [black, red]: Colour[] = [
      [0, 0, 0, 255],
      [220, 30, 30, 255],
    ];
    const small = withoutHoles(painted(64, 64, disc(black ?? HOLE)));
    const picture = withoutHoles(painted(64, 64, disc(red ?? HOLE)));
    const large = painted(256, 256, disc(black ?? HOLE));
    const { data } = await enlarge(picture, small, large, 1, async () => undefined);
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] === 255) expect(Math.abs((data[i] ?? 0) - 220)).toBeLessThan(8);
    }
  });
});
