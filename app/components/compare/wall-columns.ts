import type { Size } from '../../../src/pipeline/size';
import { scaleOf } from '../../store/geometry';

/** What a pane has above and below its picture, and the line that its dials need in a narrower one, CSS px. */
const WORDS = 88;
const DIALS = 32;
const DIALS_WIDTH = 432;

/** More columns leave more of the wall empty: worth it only for pictures that are this much larger. */
const WORTH = 1.1;

/** Below this the wall scrolls and has two columns, CSS px. */
const NARROW = 760;

/** In how many columns the pictures are largest. */
export function wallColumns(count: number, frame: Size, wall: Size): number {
  if (wall.width < NARROW) return 2;
  const scaleIn = (columns: number): number => {
    const rows = Math.ceil(count / columns);
    const width = wall.width / columns;
    const words = width < DIALS_WIDTH ? WORDS + DIALS : WORDS;
    return scaleOf('fit', frame, { width, height: Math.max(1, wall.height / rows - words) });
  };
  const choices = Array.from({ length: count }, (_, i) => i + 1);
  return choices.reduce((best, columns) => (scaleIn(columns) > WORTH * scaleIn(best) ? columns : best));
}
