import { expect, it } from 'vitest';
import { typedNumber } from './typed-number';

it.each([
  ['50', '%', 50],
  ['50%', '%', 50],
  [' 50 % ', '%', 50],
  ['12,5', '%', 12.5],
  ['512 PX', 'px', 512],
  ['0', '', 0],
])('“%s” in a field of unit “%s” is %d', (text, unit, number) => {
  expect(typedNumber(text, unit)).toBe(number);
});

it.each(['', ' ', '%', 'half', '50px', '5 0', 'Infinity'])('“%s” is no number of %', (text) => {
  expect(typedNumber(text, '%')).toBeNull();
});
