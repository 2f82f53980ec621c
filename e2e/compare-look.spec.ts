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
