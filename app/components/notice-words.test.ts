import { expect, it } from 'vitest';
import { noticeWords } from './notice-words';

it('the receiver of a link is told what the sender had and the link has not', () => {
  const words = (styles: number, regions: number) => noticeWords({ code: 'left-out', styles, regions });
  expect(words(1, 0)).toBe('The sender’s own style is not in the link. Ask for a style file.');
  expect(words(2, 0)).toBe('The sender’s 2 own styles are not in the link. Ask for a style file.');
  expect(words(0, 1)).toBe('The sender’s painted region is not in the link. Ask for a record.');
  expect(words(1, 2)).toBe(
    'The sender’s own style and 2 painted regions are not in the link. Ask for a record.',
  );
});
