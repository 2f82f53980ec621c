import { disc } from './pages/pictures';
import { expect, test } from './pages/test';

for (const theme of ['light', 'dark'] as const) {
  for (const [size, viewport] of [
    ['desktop', { width: 1440, height: 900 }],
    ['phone', { width: 390, height: 844 }],
  ] as const) {
    test.describe(`${theme}, ${size}`, () => {
      test.use({ colorScheme: theme, viewport, reducedMotion: 'reduce' } as object);

      /** Pictures change with the weights; the line under them tells times. */
      test('finished, empty, running and failed look as designed', async ({ studio, expectedErrors }) => {
        const { page } = studio;
        const whole = { fullPage: true, stylePath: 'e2e/snapshots.css' };
        const shot = (state: string) => `${state}-${theme}-${size}.png`;
        await studio.openWith(await disc(800, 600));
        await expect(page).toHaveScreenshot(shot('finished'), whole);
        await studio.photoMenu('Clear the photo');
        await page.mouse.move(0, 0);
        await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
        await expect(page).toHaveScreenshot(shot('empty'), whole);
        await page.route('**/weights/decoder.bin', () => undefined); // never answered
        await page.goto('/');
        await studio.stop.waitFor();
        await expect(studio.photo).toBeVisible();
        await expect(page).toHaveScreenshot(shot('running'), whole);
        expectedErrors.push(/404/);
        await page.route('**/weights/encoder.bin', (route) => route.fulfill({ status: 404 }));
        await page.goto('/');
        await page.getByRole('alert').waitFor();
        await expect(studio.photo).toBeVisible();
        await expect(page).toHaveScreenshot(shot('failed'), whole);
      });
    });
  }
}
