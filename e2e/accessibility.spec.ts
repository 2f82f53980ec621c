import { accessible } from './pages/axe';
import { LOOKS_FOR_AXE } from './pages/looks';
import { disc, fire } from './pages/pictures';
import { expect, test } from './pages/test';

for (const { theme, size, use } of LOOKS_FOR_AXE) {
  test.describe(`${theme}, ${size}`, () => {
    test.use(use);

    test('axe finds nothing with a picture, in any view or menu', async ({ studio }) => {
      const { page } = studio;
      await studio.openWith(await disc());
      await accessible(page, 'finished');
      await studio.openStyle(await fire());
      await studio.choose('WCT');
      await page.getByRole('radio', { name: 'Beside' }).click();
      await studio.finished();
      await accessible(page, 'WCT, beside, own style');
      await page.getByRole('button', { name: 'All styles' }).click();
      await accessible(page, 'all styles');
      await page.getByRole('searchbox').fill('nobody');
      await accessible(page, 'no style of that name');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Save' }).click();
      await accessible(page, 'save menu');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^Photo:/ }).click();
      await accessible(page, 'photo menu');
      await page.keyboard.press('Escape');
      const thumb = await studio.strength.boundingBox();
      await page.mouse.move(thumb?.x ?? 0, (thumb?.y ?? 0) + 4);
      await page.mouse.down();
      await page.mouse.move((thumb?.x ?? 0) - 60, thumb?.y ?? 0, { steps: 3 });
      await accessible(page, 'while dragging');
      await page.mouse.up();
    });

    test('axe finds nothing without one: loading, running, stopped, refused, failed, empty', async ({
      studio,
      expectedErrors,
    }) => {
      const { page } = studio;
      expectedErrors.push(/404/);
      await page.route('**/weights/encoder.bin', (route) => route.fulfill({ status: 404 }));
      await studio.goto();
      await page.getByRole('alert').waitFor();
      await accessible(page, 'failed');
      await page.unroute('**/weights/encoder.bin');
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      await page.route('**/weights/decoder.bin', (route) => held.then(() => route.continue()));
      await studio.goto();
      await studio.stop.waitFor();
      await accessible(page, 'loading');
      release();
      await studio.openPhoto(await disc());
      await studio.finished();
      await studio.openPhoto({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('Dear Sir') });
      await page.getByRole('alert').waitFor();
      await accessible(page, 'refused picture');
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await studio.hang();
      await studio.choose('WCT');
      await studio.stop.waitFor();
      await accessible(page, 'running');
      await studio.stop.click();
      await accessible(page, 'stopped');
      await studio.photoMenu('Clear the photo');
      await accessible(page, 'empty');
    });
  });
}

test('what is seen to happen is said to screen readers', async ({ studio }) => {
  await studio.openWith(await disc());
  await studio.page.evaluate(() => {
    const said: string[] = ((window as unknown as { said: string[] }).said = []);
    for (const status of document.querySelectorAll('[role=status]')) {
      new MutationObserver(() => said.push(status.textContent ?? '')).observe(status, {
        subtree: true,
        childList: true,
        characterData: true,
      });
    }
  });
  const said = () => studio.page.evaluate(() => (window as unknown as { said: string[] }).said);
  await studio.openPhoto(await disc(160, 120));
  await studio.finished('160 × 120');
  await studio.save('PNG');
  await expect
    .poll(async () => (await said()).map((words) => words.replace(/, \d.*/, '')))
    .toEqual(
      expect.arrayContaining(['Opening the photo', 'Making the picture', 'Picture finished', 'Saved as PNG']),
    );
  expect((await said()).join()).toContain('160 by 120 pixels');
});
