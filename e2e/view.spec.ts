import { disc } from './pages/pictures';
import { expect, test } from './pages/test';

test('the split moves by arrow keys', async ({ studio }) => {
  await studio.openWith(await disc());
  const split = studio.page.getByRole('slider', { name: 'Split between photo and result' });
  await split.focus();
  const before = Number(await split.getAttribute('aria-valuenow'));
  await studio.page.keyboard.press('ArrowRight');
  await expect.poll(async () => Number(await split.getAttribute('aria-valuenow'))).toBeGreaterThan(before);
});

test('beside shows both, result shows one', async ({ studio }) => {
  await studio.openWith(await disc());
  await studio.page.getByRole('radio', { name: 'Beside' }).click();
  const [left, right] = [await studio.photo.boundingBox(), await studio.result.boundingBox()];
  expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThanOrEqual(right?.x ?? 0);
  await studio.page.getByRole('radio', { name: 'Result' }).click();
  await expect(studio.photo).toHaveCount(0);
  await expect(studio.result).toBeVisible();
});

test('zoom by wheel and keys is shared by both panes; 1 is full size, 0 fits', async ({ studio }) => {
  await studio.openWith(await disc());
  await studio.page.getByRole('radio', { name: 'Beside' }).click();
  const widths = async () =>
    [(await studio.photo.boundingBox())?.width, (await studio.result.boundingBox())?.width] as const;
  const [fitted] = await widths();
  await studio.result.hover();
  await studio.page.mouse.wheel(0, -200);
  await expect.poll(async () => (await widths())[0]).toBeGreaterThan(fitted ?? 0);
  const [photo, result] = await widths();
  expect(photo).toBeCloseTo(result ?? 0, 1);
  await studio.page.getByRole('group', { name: /^Picture view/ }).focus();
  await studio.page.keyboard.press('1');
  await expect.poll(async () => Math.round((await widths())[0] ?? 0)).toBe(200);
  await studio.page.keyboard.press('ArrowRight');
  await studio.page.keyboard.press('0');
  await expect.poll(async () => (await widths())[0]).toBeCloseTo(fitted ?? 0, 1);
});

test('holding shows the original, letting go the result', async ({ studio }) => {
  await studio.openWith(await disc());
  await studio.page.getByRole('button', { name: 'Hold for the original' }).focus();
  await studio.page.keyboard.down('Space');
  await expect(studio.result).toHaveCount(0);
  await studio.page.keyboard.up('Space');
  await expect(studio.result).toBeVisible();
});
