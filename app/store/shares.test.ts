import { expect, it } from 'vitest';
import { percents, withWeight } from './shares';

it('the others keep their proportions, and all add up to 1', () => {
  expect(withWeight([0.5, 0.3, 0.2], 0, 0)).toEqual([0, 0.6, 0.4]);
  expect(withWeight([0.25, 0.75], 1, 0.5)).toEqual([0.5, 0.5]);
});

it('others that have nothing share what is left', () => {
  expect(withWeight([1, 0, 0], 0, 0.5)).toEqual([0.5, 0.25, 0.25]);
});

it('one alone stays the whole', () => {
  expect(withWeight([1], 0, 0.3)).toEqual([1]);
});

it('percents are whole and add up to 100', () => {
  expect(percents([1 / 3, 1 / 3, 1 / 3])).toEqual([34, 33, 33]);
  expect(percents([0.125, 0.875])).toEqual([13, 87]);
  expect(percents([0.3, 0.7])).toEqual([30, 70]);
});
