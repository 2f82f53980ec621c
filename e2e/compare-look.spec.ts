import sharp from 'sharp';
import { accessible } from './pages/axe';
import { LOOKS, LOOKS_FOR_AXE } from './pages/looks';
import { disc } from './pages/pictures';
import { expect, test } from './pages/test';
import { Wall } from './pages/wall';

for (const look of LOOKS) {
  const { theme, size, use } = look;
  test.describe(`${theme}, ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' } as object);

    test('the wall looks as designed and fits the window; axe finds nothing in it', async ({ studio }) => {
      const { page } = studio;
      await studio.openWith(await disc(800, 600));
      const wall = new Wall(page);
      await wall.open();
      await wall.finished();
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        use.viewport.width,
      );
      const [first, second] = [await wall.panes.nth(0).boundingBox(), await wall.panes.nth(1).boundingBox()];
      expect(second?.y).toBe(first?.y); // side by side, on a phone too
      const whole = { fullPage: true, stylePath: 'e2e/snapshots.css' };
      await expect(page).toHaveScreenshot(`compare-${theme}-${size}.png`, whole);
      if (!LOOKS_FOR_AXE.includes(look)) return;
      await accessible(page, 'wall');
      await wall
        .pane('AdaIN')
        .getByRole('button', { name: /^Style distance/ })
        .click();
      await accessible(page, 'note');
      await page.keyboard.press('Escape');
      await wall.menu('AdaIN', 'See what this norm does');
      await page.getByRole('heading', { name: 'Which channels go together' }).waitFor();
      await accessible(page, 'what a norm does');
    });
  });
}

for (const { where, width, height } of [
  { where: 'a desktop', width: 1440, height: 900 },
  { where: 'a phone', width: 390, height: 844 },
]) {
  test(`on ${where} the wall’s focus ring is drawn over the panes`, async ({ studio }) => {
    await studio.page.setViewportSize({ width, height });
    await studio.openWith(await disc(64, 64));
    const wall = new Wall(studio.page);
    await wall.open();
    await wall.finished();
    const group = wall.region.getByRole('group', { name: /^Panes/ });
    await studio.page.keyboard.press('Tab'); // focus is shown to those who use keys
    await group.focus();
    const box = await group.boundingBox();
    if (!box) throw new Error('the wall is not on the page');
    const accent = await studio.page.evaluate(() =>
      getComputedStyle(document.documentElement).getPropertyValue('--accent').trim(),
    );
    const { data, info } = await sharp(await studio.page.screenshot())
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => {
      const start = 3 * (Math.round(y) * info.width + Math.round(x));
      return `#${Buffer.from(data.subarray(start, start + 3)).toString('hex')}`;
    };
    const sides = [0.3, 0.5, 0.7].flatMap((share) => [
      at(box.x, share * height),
      at(box.x + box.width - 1, share * height),
    ]);
    expect(sides).toEqual(sides.map(() => accent));
    if (box.y + box.height > height) return; // its ends lie under the bars of a phone
    const ends = [0.1, 0.5, 0.9].flatMap((share) => [
      at(share * width, box.y),
      at(share * width, box.y + box.height - 1),
    ]);
    expect(ends).toEqual(ends.map(() => accent));
  });
}
