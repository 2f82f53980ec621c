import type { CDPSession } from '@playwright/test';
import { disc } from './pages/pictures';
import { expect, test } from './pages/test';
import { Wall } from './pages/wall';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

/** Two fingers, this many px from the middle of the picture at first and at last. */
async function pinch(session: CDPSession, middle: { x: number; y: number }, from: number, to: number) {
  const fingers = (apart: number) => [
    { x: middle.x - apart, y: middle.y, id: 0 },
    { x: middle.x + apart, y: middle.y, id: 1 },
  ];
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: ReturnType<typeof fingers>) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints });
  await send('touchStart', fingers(from));
  for (let step = 1; step <= 10; step++) await send('touchMove', fingers(from + ((to - from) * step) / 10));
  await send('touchEnd', []);
}

test('two fingers zoom photo and result together, one moves them, Fit goes back', async ({ studio }) => {
  await studio.openWith(await disc());
  const { page } = studio;
  const session = await page.context().newCDPSession(page);
  const boxes = async () => [await studio.photo.boundingBox(), await studio.result.boundingBox()] as const;
  const [before] = await boxes();
  const stage = await page.getByRole('group', { name: /^Picture view/ }).boundingBox();
  if (!before || !stage) throw new Error('the picture is not on screen');
  const middle = { x: stage.x + stage.width / 2, y: stage.y + stage.height / 4 }; // beside the split's grip
  await pinch(session, middle, 30, 90);
  await expect.poll(async () => (await boxes())[0]?.width).toBeGreaterThan(before.width * 2.5);
  const [photo, result] = await boxes();
  expect(result).toEqual(photo);

  const at = (x: number) => [{ x, y: middle.y, id: 0 }];
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(200) });
  for (const x of [180, 160, 140, 141, 141, 140]) {
    // at rest at last: a tap after a flick only ends the flick
    await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(x) });
  }
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await expect.poll(async () => (await boxes())[0]?.x).toBeLessThan((photo?.x ?? 0) - 40);

  await page.getByRole('button', { name: 'Fit the picture' }).tap();
  await expect.poll(async () => (await boxes())[0]).toEqual(before);
});

test('a photo can be taken with the camera', async ({ studio }) => {
  await studio.goto();
  const [chooser] = await Promise.all([
    studio.page.waitForEvent('filechooser'),
    studio.page.getByRole('button', { name: 'Take a photo' }).tap(),
  ]);
  await expect(studio.page.getByLabel('Photo from the camera')).toHaveAttribute('capture', 'environment');
  await chooser.setFiles(await disc(96, 80));
  await studio.finished('96 × 80');
});

test('the picture stays in sight while the controls scroll', async ({ studio }) => {
  await studio.openWith(await disc());
  await studio.controls.getByRole('combobox', { name: 'Engine' }).scrollIntoViewIfNeeded();
  await expect(studio.page.getByRole('group', { name: /^Picture view/ })).toBeInViewport({ ratio: 1 });
});

test('a pane of the wall is dialled in sight of its picture', async ({ studio }) => {
  await studio.openWith(await disc());
  const wall = new Wall(studio.page);
  await wall.open();
  await wall.finished();
  const wct = wall.pane(/^WCT/);
  await wct.getByRole('button', { name: 'Settings' }).tap();
  const dials = await studio.page.getByRole('dialog', { name: 'Settings' }).boundingBox();
  const picture = await wct.getByRole('img', { name: /^Result/ }).boundingBox();
  if (!dials || !picture) throw new Error('dials and picture are not on screen');
  expect(dials.y).toBeGreaterThanOrEqual(picture.y + picture.height);
});

test('menus stay inside a phone', async ({ studio }) => {
  await studio.openWith(await disc());
  const wall = new Wall(studio.page);
  await wall.open();
  await wall.finished();
  await wall
    .pane('AdaIN')
    .getByRole('button', { name: /^More for/ })
    .tap();
  await studio.page.getByRole('menuitem', { name: 'Copy settings to' }).press('Enter');
  for (const menu of await studio.page.getByRole('menu').all()) {
    const box = await menu.boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
  }
});

test('photo, styles and strength are on the first screen of a small phone', async ({ studio }) => {
  await studio.page.setViewportSize({ width: 375, height: 667 });
  await studio.openWith(await disc());
  const stage = studio.page.getByRole('group', { name: /^Picture view/ });
  for (const part of [stage, studio.styles.getByRole('radio').first(), studio.strength]) {
    await expect(part).toBeInViewport({ ratio: 1 });
  }
});

test('what the focus goes to is not behind the picture, and two paintings of one painter have two names', async ({
  studio,
}) => {
  const { page } = studio;
  await studio.openWith(await disc());
  await page.getByRole('combobox', { name: 'Engine' }).focus();
  for (let step = 0; step < 10; step++) {
    await page.keyboard.press('Shift+Tab');
    const covered = await page.evaluate(() => {
      const { activeElement: focused } = document;
      const sticky = document.querySelector('.viewer');
      if (!focused || !sticky || sticky.contains(focused)) return false;
      const box = focused.getBoundingClientRect();
      return box.top < sticky.getBoundingClientRect().bottom - 1;
    });
    expect(covered, `${step + 1} back from the engine`).toBe(false);
  }
  await expect(studio.styles.getByRole('radio', { name: /^Claude Monet/ })).toHaveCount(2);
  await expect(studio.styles.getByRole('radio', { name: /^Claude Monet ?Water Lilies/ })).toHaveCount(1);
});
