import type { Size } from '../../../src/pipeline/size';
import { scaleOf } from '../../store/geometry';

/** What a pane has above and below its picture, CSS px. */
const WORDS = 88;

/** A pane narrower than this hides its dials: worth it only for pictures that are this much larger. */
const DIALS_WIDTH = 432;
const WORTH = 1.2;

/** Below this the wall scrolls and has two columns, CSS px. */
const NARROW = 760;

/** In how many columns the pictures are largest. */
export function wallColumns(count: number, frame: Size, wall: Size): number {
  if (wall.width < NARROW) return 2;
  const worthOf = (columns: number): number => {
    const rows = Math.ceil(count / columns);
    const room = { width: wall.width / columns, height: Math.max(1, wall.height / rows - WORDS) };
    return scaleOf('fit', frame, room) * (room.width < DIALS_WIDTH ? 1 : WORTH);
  };
  const choices = Array.from({ length: count }, (_, i) => i + 1);
  return choices.reduce((best, columns) => (worthOf(columns) > worthOf(best) ? columns : best));
}
