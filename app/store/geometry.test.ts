import { expect, it } from 'vitest';
import { centreAfterDrag, centreAfterZoom, cornerOf, scaleOf } from './geometry';

const picture = { width: 100, height: 50 };
const pane = { width: 400, height: 400 };
const middle = { x: 0.5, y: 0.5 };

it('a fitted picture fills the narrower direction', () => {
  expect(scaleOf('fit', picture, pane)).toBe(4);
});

it('the centre of the picture is in the middle of the pane', () => {
  expect(cornerOf(middle, 2, picture, pane)).toEqual({ x: 100, y: 150 });
});

it('zooming keeps the point under the pointer', () => {
  const pointer = { x: 60, y: -20 };
  const centre = centreAfterZoom(middle, 2, 4, pointer, picture);
  const under = (at: { x: number; y: number }, scale: number) => [
    at.x * picture.width + pointer.x / scale,
    at.y * picture.height + pointer.y / scale,
  ];
  expect(under(centre, 4)).toEqual(under(middle, 2));
});

it('dragging by a whole picture moves the centre by one', () => {
  expect(centreAfterDrag(middle, { x: 200, y: 0 }, 2, picture)).toEqual({ x: -0.5, y: 0.5 });
});
