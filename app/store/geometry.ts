import type { Size } from '../../src/pipeline/size';
import type { Zoom } from './view-slice';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Room around a picture that is fitted, CSS px. */
const MARGIN = 24;

/** CSS pixels per picture pixel. */
export function scaleOf(zoom: Zoom, picture: Size, pane: Size): number {
  if (zoom !== 'fit') return zoom;
  const room = pane.width < 600 || pane.height < 400 ? 0 : MARGIN;
  return Math.max(
    0.01,
    Math.min((pane.width - 2 * room) / picture.width, (pane.height - 2 * room) / picture.height),
  );
}

/** Where the picture's upper left corner lies in the pane when `centre` (0..1) is in its middle. */
export function cornerOf(centre: Point, scale: number, picture: Size, pane: Size): Point {
  return {
    x: pane.width / 2 - centre.x * picture.width * scale,
    y: pane.height / 2 - centre.y * picture.height * scale,
  };
}

/** The centre after zooming from one scale to another with the point under the pointer kept where it is. */
export function centreAfterZoom(
  centre: Point,
  from: number,
  to: number,
  pointer: Point, // in the pane, from its middle, CSS px
  picture: Size,
): Point {
  const shift = 1 / from - 1 / to;
  return {
    x: centre.x + (pointer.x * shift) / picture.width,
    y: centre.y + (pointer.y * shift) / picture.height,
  };
}

/** The centre after dragging the picture by so many CSS px. */
export function centreAfterDrag(centre: Point, by: Point, scale: number, picture: Size): Point {
  return {
    x: centre.x - by.x / (picture.width * scale),
    y: centre.y - by.y / (picture.height * scale),
  };
}
