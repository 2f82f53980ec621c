import type { Size } from './size';

/** Where everything goes on the one picture that a wall is saved as, px. */
export interface WallLayout extends Size {
  readonly title: Line;
  readonly cells: readonly WallCell[];
}

export interface WallCell {
  readonly picture: Size & { readonly left: number; readonly top: number };
  readonly name: Line;
  readonly numbers: Line;
}

/** A line of text that begins at `left` and stands on `baseline`. */
export interface Line {
  readonly left: number;
  readonly baseline: number;
  readonly size: number; // of the letters, px
  readonly width: number; // at most
}

/** Some browsers hold no canvas above 16.7e6 px; the words do not shrink with the pictures, so a little less. */
const MOST_PIXELS = 14e6;

/** The wall's colours: a light grey wall and dark letters, whatever the page looks like. */
export const WALL_COLOURS = { wall: '#f3f3f3', ink: '#1a1a1a', soft: '#555555' } as const;

/**
 * Pictures of one size in rows of at most three, a title above, two lines under each.
 * @param count   how many
 * @param picture their size; they are scaled down together when the wall would be too large
 */
export function layOutWall(count: number, picture: Size): WallLayout {
  const columns = count <= 3 ? count : Math.ceil(count / 2);
  const rows = Math.ceil(count / columns);
  const whole = place(count, columns, rows, picture);
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (whole.width * whole.height)));
  if (scale === 1) return whole;
  const size = {
    width: Math.max(1, Math.floor(picture.width * scale)),
    height: Math.max(1, Math.floor(picture.height * scale)),
  };
  return place(count, columns, rows, size);
}

/** Whether the last row of so many results has a place left, where the photo itself can stand. */
export function hasRoomForPhoto(count: number): boolean {
  return count > 3 && count % 2 === 1;
}

/** Room under narrow pictures is kept for words. */
const LEAST_WIDTH = 280;

function place(count: number, columns: number, rows: number, { width, height }: Size): WallLayout {
  const cell = Math.max(width, LEAST_WIDTH);
  const text = Math.min(30, Math.max(11, Math.round(cell / 32)));
  const gap = Math.round(text * 1.6);
  const under = Math.round(text * 3.6); // two lines
  const head = Math.round(text * 3.4);
  const total = columns * cell + (columns + 1) * gap;
  const cells = Array.from({ length: count }, (_, i): WallCell => {
    const left = gap + (i % columns) * (cell + gap);
    const top = head + Math.floor(i / columns) * (height + under + gap);
    return {
      picture: { left, top, width, height },
      name: {
        left,
        baseline: top + height + Math.round(text * 1.6),
        size: Math.round(text * 1.1),
        width: cell,
      },
      numbers: {
        left,
        baseline: top + height + Math.round(text * 3),
        size: Math.round(text * 0.82),
        width: cell,
      },
    };
  });
  return {
    width: total,
    height: head + rows * (height + under + gap),
    title: { left: gap, baseline: Math.round(head * 0.6), size: text, width: total - 2 * gap },
    cells,
  };
}
