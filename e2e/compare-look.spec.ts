import { AxeBuilder } from '@axe-core/playwright';
import { LOOKS } from './pages/looks';
import { disc } from './pages/pictures';
import { expect, test } from './pages/test';
import { Wall } from './pages/wall';

for (const { theme, size, use } of LOOKS) {
  test.describe(`${theme}, ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' } as object);

    test('the wall looks as designed, fits the window and is open to all', async ({ studio }) => {
      const { page } = studio;
      const accessible = async (state: string): Promise<void> => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
        );
        expect(found, state).toEqual([]);
      };
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
      await accessible('wall');
      await wall
        .pane('AdaIN')
        .getByRole('button', { name: /^Style distance/ })
        .click();
      await accessible('note');
      await page.keyboard.press('Escape');
      await wall.menu('AdaIN', 'See what this norm does');
      await page.getByRole('heading', { name: 'Which channels go together' }).waitFor();
      await accessible('what a norm does');
    });
  });
}
