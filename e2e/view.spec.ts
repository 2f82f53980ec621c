import { disc, picture } from './pages/pictures';
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

test('a picture too narrow for a split is shown alone', async ({ studio }) => {
  await studio.openWith(await picture('line.png', 1, 400, (_x, y) => [90, y % 200, 30]));
  await studio.page.getByRole('button', { name: 'Fit the picture' }).click();
  expect((await studio.result.boundingBox())?.width).toBeGreaterThanOrEqual(1);
  await expect(studio.page.getByRole('slider', { name: /^Split/ })).toHaveCount(0);
});

test('dragging moves a zoomed picture, not a fitted one', async ({ studio }) => {
  await studio.openWith(await disc());
  const { page } = studio;
  const place = async () => (await studio.result.boundingBox())?.x ?? 0;
  const drag = async (): Promise<void> => {
    const box = await page.getByRole('group', { name: /^Picture view/ }).boundingBox();
    if (!box) throw new Error('the picture is not on screen');
    const [x, y] = [box.x + box.width * 0.7, box.y + box.height * 0.3];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 80, y, { steps: 4 });
    await page.mouse.up();
  };
  const fitted = await place();
  await drag();
  expect(await place()).toBe(fitted);
  await page.getByRole('button', { name: 'Zoom in' }).click();
  const zoomed = await place();
  await drag();
  await expect.poll(async () => Math.round((await place()) - zoomed)).toBe(77); // 3 px tell a drag from a click
});

test('with reduced motion nothing moves by itself', async ({ studio }) => {
  await studio.page.emulateMedia({ reducedMotion: 'reduce' });
  await studio.page.route('**/weights/encoder.bin', () => undefined); // never answered
  await studio.goto();
  await studio.page.getByRole('progressbar').waitFor();
  const moving = () =>
    studio.page.evaluate(
      () =>
        document.getAnimations().filter((one) => (one.effect?.getComputedTiming().progress ?? 1) < 1).length,
    );
  await expect.poll(moving).toBe(0);
});

test('the theme changes, and is remembered', async ({ studio }) => {
  await studio.page.emulateMedia({ colorScheme: 'light' });
  await studio.goto();
  const background = () =>
    studio.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await studio.page.getByRole('button', { name: 'Change to the dark theme' }).click();
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  await studio.page.reload();
  await expect.poll(background).toBe(dark);
  await studio.page.getByRole('button', { name: 'Change to the light theme' }).click();
  await expect.poll(background).toBe(light);
});
