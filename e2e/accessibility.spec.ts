import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { disc, fire } from './pages/pictures';
import { expect, test } from './pages/test';

async function nothingFound(page: Page, state: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
    state,
  ).toEqual([]);
}

for (const theme of ['light', 'dark'] as const) {
  for (const [name, viewport] of [
    ['desktop', { width: 1440, height: 900 }],
    ['phone', { width: 390, height: 844 }],
  ] as const) {
    test.describe(`${theme}, ${name}`, () => {
      test.use({ colorScheme: theme, viewport });

      test('axe finds nothing in any state', async ({ studio, expectedErrors }) => {
        const { page } = studio;
        await studio.openWith(await disc());
        await nothingFound(page, 'finished');
        await studio.openStyle(await fire());
        await studio.choose('WCT');
        await page.getByRole('radio', { name: 'Beside' }).click();
        await studio.finished();
        await nothingFound(page, 'WCT, beside');
        await page.getByRole('button', { name: 'Save' }).click();
        await nothingFound(page, 'save menu');
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: /^Photo:/ }).click();
        await nothingFound(page, 'photo menu');
        await page.keyboard.press('Escape');
        await studio.openPhoto({
          name: 'letter.jpg',
          mimeType: 'image/jpeg',
          buffer: Buffer.from('Dear Sir'),
        });
        await page.getByRole('alert').waitFor();
        await nothingFound(page, 'refused picture');
        await studio.photoMenu('Clear the photo');
        await nothingFound(page, 'empty');
        expectedErrors.push(/404/);
        await page.route('**/weights/encoder.bin', (route) => route.fulfill({ status: 404 }));
        await page.goto('/');
        await page.getByRole('alert').waitFor();
        await nothingFound(page, 'failed');
        await page.unroute('**/weights/encoder.bin');
        await page.route('**/weights/decoder.bin', () => undefined); // never answered
        await page.goto('/');
        await studio.stop.waitFor();
        await nothingFound(page, 'running');
      });
    });
  }
}
