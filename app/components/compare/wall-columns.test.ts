import { expect, it } from 'vitest';
import { wallColumns } from './wall-columns';

const desktop = { width: 1440, height: 730 };

it.each([
  ['a landscape photo', { width: 640, height: 512 }, [2, 3, 2, 3, 3]],
  ['a portrait photo', { width: 512, height: 900 }, [2, 3, 4, 5, 6]],
  ['a panorama', { width: 2000, height: 400 }, [1, 1, 2, 2, 2]],
])('%s has the columns that show most of it', (_name, frame, columns) => {
  expect([2, 3, 4, 5, 6].map((count) => wallColumns(count, frame, desktop, false))).toEqual(columns);
});

it.each([
  ['a small phone', 320, 1],
  ['a phone', 390, 2],
  ['a phone held sideways', 844, 3],
])('%s has as many columns as have room for their numbers', (_name, width, columns) => {
  expect(wallColumns(5, { width: 640, height: 512 }, { width, height: 2000 }, true)).toBe(columns);
});
