import { expect, it } from 'vitest';
import { fileName } from './save-slice';

it('a file is named after photo and style', () => {
  expect(fileName('Nagasaki boats', 'Vincent van Gogh', 'png')).toBe('nagasaki-boats-vincent-van-gogh.png');
  expect(fileName('IMG_01.jpeg', 'Albrecht Dürer', 'webp')).toBe('img-01-albrecht-durer.webp');
});

it('a name without letters still gives a file', () => {
  expect(fileName('???.jpg', '', 'jpg')).toBe('picture.jpg');
});
