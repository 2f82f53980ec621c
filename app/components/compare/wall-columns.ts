import type { Size } from '../../../src/pipeline/size';
import { scaleOf } from '../../store/geometry';

/** What a pane has above and below its picture, and the line that its dials need in a narrower one, CSS px. */
const WORDS = 88;
const DIALS = 32;
const DIALS_WIDTH = 432;

/** More columns leave more of the wall empty: worth it only for pictures that are this much larger. */
const WORTH = 1.1;

/** Where the page scrolls, a pane is as high as its picture: the widths from which there are two columns, and three, CSS px. */
const TWO = 360;
const THREE = 760;

/** In how many columns the pictures are largest; where the page scrolls, how many have room for their numbers. */
export function wallColumns(count: number, frame: Size, wall: Size, pageScrolls: boolean): number {
  if (pageScrolls) return wall.width < TWO ? 1 : wall.width < THREE ? 2 : Math.min(3, count);
  const scaleIn = (columns: number): number => {
    const rows = Math.ceil(count / columns);
    const width = wall.width / columns;
    const words = width < DIALS_WIDTH ? WORDS + DIALS : WORDS;
    return scaleOf('fit', frame, { width, height: Math.max(1, wall.height / rows - words) });
  };
  const choices = Array.from({ length: count }, (_, i) => i + 1);
  return choices.reduce((best, columns) => (scaleIn(columns) > WORTH * scaleIn(best) ? columns : best), 1);
}
