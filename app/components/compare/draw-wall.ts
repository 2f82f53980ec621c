import { numbersLine } from '../../../src/pipeline/captions';
import { hasRoomForPhoto, layOutWall, WALL_COLOURS, type Line } from '../../../src/pipeline/wall';
import type { Pane } from '../../store/panes';
import { titleOf } from './wall-words';

/**
 * The panes that have a picture as one labelled PNG, and the photo where a place is left; null when none has,
 * or no canvas can be had.
 */
export async function drawWall(
  panes: readonly Pane[],
  title: string,
  photo: ImageBitmap | null,
): Promise<Blob | null> {
  const painted = panes.flatMap((pane) => (pane.picture ? [{ pane, image: pane.picture.image }] : []));
  const [first] = painted;
  if (!first) return null;
  const original = hasRoomForPhoto(painted.length) ? photo : null;
  const layout = layOutWall(painted.length + (original ? 1 : 0), first.image);
  const canvas = document.createElement('canvas');
  canvas.width = layout.width;
  canvas.height = layout.height;
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.fillStyle = WALL_COLOURS.wall;
  context.fillRect(0, 0, layout.width, layout.height);
  context.imageSmoothingQuality = 'high';
  const write = (
    text: string,
    { left, baseline, size, width }: Line,
    weight: number,
    colour: string,
  ): void => {
    context.font = `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`;
    context.fillStyle = colour;
    context.fillText(text, left, baseline, width);
  };
  write(title, layout.title, 600, WALL_COLOURS.ink);
  const place = (index: number, image: ImageBitmap, name: string, numbers: string): void => {
    const cell = layout.cells[index];
    if (!cell) return;
    const { left, top, width, height } = cell.picture;
    context.drawImage(image, left, top, width, height);
    write(name, cell.name, 600, WALL_COLOURS.ink);
    write(numbers, cell.numbers, 400, WALL_COLOURS.soft);
  };
  for (const [index, { pane, image }] of painted.entries()) {
    place(index, image, titleOf(pane), pane.measured ? numbersLine(pane.measured.numbers) : '');
  }
  if (original) place(painted.length, original, 'Photo', '');
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
