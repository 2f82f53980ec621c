import { accessible } from './pages/axe';
import { fire, ice, photograph } from './pages/pictures';
import { expect, test } from './pages/test';

test('pictures of one’s own are blended in from the dialog, beside those that are in the blend', async ({
  studio,
}) => {
  const { page } = studio;
  const dialog = page.getByRole('dialog');
  await studio.openWith(await photograph('allium-oreophilum'));
  await studio.controls.getByRole('button', { name: 'Blend in another style' }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    dialog.getByRole('button', { name: 'Your own picture…' }).click(),
  ]);
  await chooser.setFiles([await fire(), await ice()]);
  await expect(dialog).toHaveCount(0);
  for (const name of ['Vincent van Gogh', 'fire.png', 'ice.png']) {
    await expect(studio.controls.getByRole('slider', { name })).toBeVisible();
  }
  await studio.finished();
  await expect(studio.styles.getByRole('radio', { name: /van Gogh/ }).first()).toBeChecked();

  await studio.controls.getByRole('button', { name: 'Another style' }).click();
  for (const name of [/van Gogh.*in the blend/, /fire\.png.*in the blend/, /ice\.png.*in the blend/]) {
    await expect(dialog.getByRole('radio', { name }).first()).toBeDisabled();
  }
  await accessible(page, 'adding a style');
  await dialog.getByRole('searchbox').fill('klimt');
  await dialog.getByRole('searchbox').press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(studio.controls.getByRole('slider', { name: 'Gustav Klimt' })).toBeVisible();
  await studio.finished();
});

test('a picture of one’s own from the dialog is the chosen style, or that of the painted region', async ({
  studio,
}) => {
  const { page } = studio;
  const own = page.getByRole('dialog').getByLabel('Style pictures');
  await studio.openWith(await photograph('allium-oreophilum'));
  await page.getByRole('button', { name: 'All styles' }).click();
  await own.setInputFiles(await fire());
  await expect(studio.styles.getByRole('radio', { name: /^fire\.png/ })).toBeChecked();
  await studio.finished();
  await page.getByRole('button', { name: 'Paint regions' }).click();
  await page.getByRole('button', { name: 'All styles' }).click();
  await own.setInputFiles(await ice());
  await expect(page.getByRole('radio', { name: /^Region 1.*ice\.png/ })).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(studio.styles.getByRole('radio', { name: /^fire\.png/ })).toBeChecked();
});
