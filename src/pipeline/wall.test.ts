import { csvParse } from 'd3-dsv';
import { describe, expect, it } from 'vitest';
import { csvOf, numberText, paneTitle } from './captions';
import { hasRoomForPhoto, layOutWall } from './wall';

const numbers = {
  style: 0.21449,
  content: 12.345,
  identity: 5.28,
  parameters: 660_123,
  ms: { encoding: 800.04, normalising: 12, decoding: 700 },
};

describe('the wall as one picture', () => {
  it.each([
    [2, 2, 1],
    [3, 3, 1],
    [4, 2, 2],
    [5, 3, 2],
    [6, 3, 2],
  ])('[WL1] %i panes stand in %i columns and %i rows', (count, columns, rows) => {
    const { cells } = layOutWall(count, { width: 640, height: 480 });
    expect(new Set(cells.map(({ picture }) => picture.left)).size).toBe(columns);
    expect(new Set(cells.map(({ picture }) => picture.top)).size).toBe(rows);
  });

  it.each([
    [640, 480],
    [64, 64],
    [40, 900],
  ])(
    '[WL2] pictures of %i x %i px keep their size, inside, apart, with room for their words',
    (width, height) => {
      const wall = layOutWall(5, { width, height });
      for (const { picture, numbers: line } of wall.cells) {
        expect(picture).toMatchObject({ width, height });
        expect(picture.left + line.width).toBeLessThan(wall.width);
        expect(line.baseline).toBeLessThan(wall.height);
      }
      const [first, second, , fourth] = wall.cells;
      expect((second?.picture.left ?? 0) - (first?.picture.left ?? 0)).toBeGreaterThan(width);
      expect((fourth?.picture.top ?? 0) - (first?.numbers.baseline ?? 0)).toBeGreaterThan(0);
    },
  );

  it('[WL3] large pictures are scaled down together, so that every browser holds the canvas', () => {
    const wall = layOutWall(6, { width: 4000, height: 3000 });
    expect(wall.width * wall.height).toBeLessThan(16.5e6);
    const [{ picture } = expect.fail()] = wall.cells;
    expect(picture.width / picture.height).toBeCloseTo(4 / 3, 2);
  });

  it('[WL4] there is room for the photo where one more picture makes the wall no larger', () => {
    const sizeOf = (count: number) => {
      const { width, height } = layOutWall(count, { width: 64, height: 48 });
      return [width, height];
    };
    for (let count = 1; count <= 12; count++) {
      const same = sizeOf(count).join() === sizeOf(count + 1).join();
      expect(hasRoomForPhoto(count), `${count} panes`).toBe(same);
    }
  });
});

describe('words and numbers', () => {
  it('[CP1] a pane is named by its norm and by what is not as usual', () => {
    expect(paneTitle({ id: 'adain' }, 1)).toBe('AdaIN');
    expect(paneTitle({ id: 'wct', groupSize: 16 }, 0.8)).toBe('WCT, groups of 16, strength 80 %');
  });

  it('[CP2] numbers are written short', () => {
    const written = (['style', 'content', 'identity', 'ms', 'parameters'] as const).map((key) =>
      numberText(numbers, key),
    );
    expect(written).toEqual(['0.214', '12.3', '5.3', '1.5 s', '0.66 M']);
  });

  it('[CP3] CSV has one row a pane and survives commas and quotes', () => {
    const photo = 'a "strange", name.jpg';
    const rows = [
      { norm: { id: 'wct', groupSize: 16 }, strength: 0.5, numbers },
      { norm: { id: 'in' }, strength: 1, numbers },
    ] as const;
    const [wct, instance, ...more] = csvParse(csvOf(rows, { photo, width: 640 }));
    expect(more).toEqual([]);
    expect(wct).toMatchObject({
      norm: 'WCT',
      'group size': '16',
      strength: '0.5',
      'style distance': '0.21449',
      'encoding ms': '800.0',
      parameters: '660123',
      photo,
      width: '640',
    });
    expect(instance).toMatchObject({ norm: 'IN', 'group size': '' });
  });
});
