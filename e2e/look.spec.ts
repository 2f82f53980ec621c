import { LOOKS } from './pages/looks';
import { disc } from './pages/pictures';
import { expect, test } from './pages/test';

for (const { theme, size, use } of LOOKS) {
  test.describe(`${theme}, ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' } as object);

    /** Pictures change with the weights; the line under them tells times. */
    test('every main state looks as designed', async ({ studio, expectedErrors }) => {
      const { page } = studio;
      const shows = (state: string): Promise<void> =>
        expect(page).toHaveScreenshot(`${state}-${theme}-${size}.png`, {
          stylePath: 'e2e/snapshots.css',
        });
      const calm = async (): Promise<void> => {
        await page.mouse.move(0, 0);
        await page.evaluate(() => {
          (document.activeElement as HTMLElement | null)?.blur();
          scrollTo(0, 0);
        });
      };
      await studio.openWith(await disc(800, 600));
      await shows('finished');
      if (size === 'phone') {
        await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
        await shows('controls');
        await calm();
      }
      await page.getByRole('button', { name: 'All styles' }).click();
      await page.mouse.move(0, 0);
      await shows('styles');
      await page.keyboard.press('Escape');
      await studio.hang();
      await studio.setNumber('Working size', 1200);
      await calm();
      await shows('running');
      await studio.stop.click();
      await calm();
      await shows('stopped');
      await studio.photoMenu('Clear the photo');
      await calm();
      await shows('empty');
      await page.route('**/weights/decoder.bin', () => undefined); // never answered
      await page.goto('/');
      await studio.stop.waitFor();
      await expect(studio.photo).toBeVisible();
      await shows('loading');
      expectedErrors.push(/404/);
      await page.route('**/weights/encoder.bin', (route) => route.fulfill({ status: 404 }));
      await page.goto('/');
      await page.getByRole('alert').waitFor();
      await expect(studio.photo).toBeVisible();
      await shows('failed');
    });
  });
}
