import { difference, disc, photograph, raw } from './pages/pictures';
import { expect, test } from './pages/test';

test('strength 0 is exactly the photo, and the typed value says so', async ({ studio }) => {
  const photo = await disc();
  await studio.openWith(photo);
  await studio.setNumber('Strength', 0);
  await studio.finished();
  const [made, original] = await Promise.all([studio.save(), raw(photo.buffer)]);
  expect((await raw(made.file)).width).toBe(original.width);
  expect(await difference(made.file, photo.buffer)).toBe(0);
});

test('more strength is further from the photo', async ({ studio }) => {
  const photo = await disc();
  await studio.openWith(photo);
  const distances: number[] = [];
  for (const percent of [20, 60, 100]) {
    await studio.setNumber('Strength', percent);
    await studio.finished();
    distances.push(await difference((await studio.save()).file, photo.buffer));
  }
  expect(distances).toEqual([...distances].sort((a, b) => a - b));
});

test('arrow keys move the slider, a double click resets it', async ({ studio }) => {
  await studio.openWith(await disc());
  await studio.strength.focus();
  await studio.page.keyboard.press('ArrowLeft');
  await studio.page.keyboard.press('ArrowLeft');
  await expect(studio.strength).toHaveAttribute('aria-valuetext', '98 %');
  const typed = studio.controls.getByRole('textbox', { name: 'Strength' });
  await typed.fill('50%');
  await typed.press('Enter');
  await expect(studio.strength).toHaveAttribute('aria-valuetext', '50 %');
  await studio.strength.dblclick();
  await expect(studio.strength).toHaveAttribute('aria-valuetext', '100 %');
  await studio.finished();
});

test('the picture follows the slider while it is dragged', async ({ studio }) => {
  await studio.openWith(await disc());
  const digest = () =>
    studio.result.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL('image/png').slice(-200));
  const before = await digest();
  const track = await studio.strength.boundingBox();
  if (!track) throw new Error('the slider is not on screen');
  const [x, y] = [track.x + track.width / 2, track.y + track.height / 2];
  await studio.page.mouse.move(x, y);
  await studio.page.mouse.down();
  for (let step = 1; step <= 10; step++) await studio.page.mouse.move(x - step * 15, y);
  await expect.poll(digest).not.toBe(before); // still held
  await studio.page.mouse.up();
  await studio.finished();
});

/** Differences of neighbours across, in the first channel. */
async function edges(file: Buffer): Promise<number[]> {
  const { data, width, channels } = await raw(file);
  return Array.from({ length: data.length / channels }, (_, i) =>
    i % width === 0 ? 0 : (data[i * channels] ?? 0) - (data[(i - 1) * channels] ?? 0),
  );
}

test('photo detail brings the photo’s fine structure back, but where colours alone change', async ({
  studio,
}) => {
  const photo = await photograph('allium-oreophilum');
  await studio.openWith(photo);
  const original = await edges(photo.buffer);
  const likeness: number[] = [];
  for (const percent of [0, 50, 100]) {
    await studio.setNumber('Photo detail', percent);
    await studio.finished();
    const made = await edges((await studio.save()).file);
    likeness.push(made.reduce((sum, value, i) => sum + value * (original[i] ?? 0), 0));
  }
  expect(likeness[1]).toBeGreaterThan(1.05 * (likeness[0] ?? NaN));
  expect(likeness[2]).toBeGreaterThan(1.05 * (likeness[1] ?? NaN));
  await studio.controls.getByRole('radio', { name: 'Only' }).click();
  await expect(studio.controls.getByRole('textbox', { name: 'Photo detail' })).toBeDisabled();
});
