import type { Locator } from '@playwright/test';
import { disc } from './pages/pictures';
import type { Studio } from './pages/studio';
import { expect, test } from './pages/test';
import { Wall } from './pages/wall';

const SIDEWAYS = { width: 844, height: 390 };
const SMALL = { width: 320, height: 640 };

async function box(part: Locator) {
  const found = await part.boundingBox();
  if (!found) throw new Error('it is not on screen');
  return found;
}

/** Nothing is beside the window, and what is at the end of the top bar is in it. */
async function fits({ page }: Studio, { width, height }: { width: number; height: number }): Promise<void> {
  await page.setViewportSize({ width, height });
  const size = `${width} × ${height}`;
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth), { message: size })
    .toBeLessThanOrEqual(width);
  let left = 0;
  for (const name of ['More', 'Save']) {
    const button = await box(page.getByRole('button', { name, exact: true }));
    expect(button.x, `${name} at ${size}`).toBeGreaterThanOrEqual(left);
    left = button.x + button.width;
    expect(left, `${name} at ${size}`).toBeLessThanOrEqual(width);
  }
}

/** Every word and number under the panes can be read. */
const cutOff = (wall: Wall): Promise<(string | null)[]> =>
  wall.region
    .locator('.number-name, .number-value')
    .evaluateAll((all) =>
      all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent),
    );

test.describe('touch', () => {
  test.use({ viewport: SIDEWAYS, hasTouch: true, isMobile: true });

  test('nothing is beside a touch screen of any width, single or compared', async ({ studio }) => {
    await studio.openWith(await disc());
    expect((await box(studio.result)).height).toBeGreaterThanOrEqual(200);
    const tablet = { width: 834, height: 1194 };
    const sizes = [SIDEWAYS, tablet, SMALL, { width: 667, height: 375 }, { width: 1021, height: 768 }];
    for (const size of sizes) await fits(studio, size);

    const wall = new Wall(studio.page);
    await wall.open();
    await wall.finished();
    for (const size of [SIDEWAYS, tablet, SMALL]) {
      await fits(studio, size);
      await expect.poll(() => cutOff(wall)).toEqual([]); // columns follow the window a frame later
    }
    const [first, second] = [await box(wall.panes.nth(0)), await box(wall.panes.nth(1))]; // of the small one
    expect(second.y).toBeGreaterThan(first.y);
    const order = await box(wall.region.getByRole('combobox', { name: 'Order' }));
    expect(order.width).toBeGreaterThan(250);
  });

  test('in a low window the styles and controls scroll beside the picture', async ({ studio }) => {
    await studio.openWith(await disc());
    const before = await box(studio.viewer);
    expect((await box(studio.styles)).x).toBeGreaterThanOrEqual(before.x + before.width);
    await studio.controls.getByRole('combobox', { name: 'Engine' }).scrollIntoViewIfNeeded();
    expect(await box(studio.viewer)).toEqual(before);
  });
});

test.describe('phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('painting begins with the brush in sight under the picture, and ends where the page was', async ({
    studio,
  }) => {
    const { page } = studio;
    await studio.openWith(await disc());
    await page.evaluate(() => scrollTo(0, 400));
    await page.getByRole('button', { name: 'Paint regions' }).tap();
    const panel = page.getByRole('complementary', { name: 'Painting' });
    const viewer = await box(studio.viewer);
    expect((await box(panel)).y).toBeGreaterThanOrEqual(viewer.y + viewer.height - 1); // the line between
    for (const part of [
      panel.getByRole('button', { name: 'Done' }),
      panel.getByRole('slider', { name: 'Brush size' }),
    ]) {
      await expect(part).toBeInViewport({ ratio: 1 });
    }
    await panel.getByRole('button', { name: 'Done' }).tap();
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(400);
  });
});
