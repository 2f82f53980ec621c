import { photograph } from './pages/pictures';
import { expect, test } from './pages/test';

test('the focus is where one was, or near, when what had it is gone', async ({ studio }) => {
  const { page } = studio;
  await studio.openWith(await photograph('allium-oreophilum'));
  const more = page.getByRole('button', { name: 'More', exact: true });
  for (const item of [
    'Earlier results',
    'Restyle many photos…',
    'Keyboard shortcuts',
    'Forget everything…',
  ]) {
    await more.press('Enter');
    await page.getByRole('menuitem', { name: item }).press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(more, item).toBeFocused();
  }
  await studio.strength.focus();
  await page.keyboard.press('h');
  await expect(page.getByRole('dialog', { name: 'Earlier results' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(studio.strength).toBeFocused();

  const add = studio.controls.getByRole('button', { name: /another style/i });
  for (const painter of [/Klimt/, /Roerich/]) {
    await add.click();
    await page.getByRole('dialog').getByRole('radio', { name: painter }).first().click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  for (const painter of ['Nicholas Roerich', 'Gustav Klimt']) {
    await studio.controls.getByRole('button', { name: `Take ${painter} out of the blend` }).press('Enter');
    await expect(add).toBeFocused();
  }

  for (const painter of [/Klimt/, /Roerich/, /Monet/, /Filonov/, /Seurat/]) {
    await add.click();
    await page.getByRole('dialog').getByRole('radio', { name: painter }).first().click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await expect(add).toHaveCount(0); // six are the most
  await expect(studio.controls.getByRole('slider', { name: 'Georges Seurat' })).toBeFocused();

  await studio.photoMenu('Clear the photo');
  await expect(page.getByRole('button', { name: 'Samples' })).toBeFocused(); // the menu is closed
  await studio.viewer.getByRole('button', { name: 'Allium' }).press('Enter');
  await expect(page.getByRole('group', { name: /^Picture view/ })).toBeFocused();
});
