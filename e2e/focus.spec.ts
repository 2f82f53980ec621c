import { disc, photograph } from './pages/pictures';
import { expect, test } from './pages/test';
import { Wall } from './pages/wall';

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

test('the focus stays near when painting ends, when undo is done, and on the wall', async ({ studio }) => {
  const { page } = studio;
  await studio.openWith(await disc());
  const undo = page.getByRole('button', { name: 'Undo' });
  await studio.choose('WCT');
  await studio.finished();
  await undo.press('Enter');
  await expect(undo).toBeDisabled();
  await expect(undo).toBeFocused();
  await studio.finished();

  const paint = page.getByRole('button', { name: 'Paint regions' });
  const done = page.getByRole('button', { name: 'Done' });
  await paint.press('Enter');
  await expect(done).toBeVisible();
  await page.keyboard.press('Escape'); // the focus is still on the button
  await expect(done).toHaveCount(0);
  await paint.press('Enter');
  await done.press('Enter');
  await expect(paint).toBeFocused();

  const wall = new Wall(page);
  await wall.open();
  await wall.finished();
  const more = (norm: string | RegExp) => wall.pane(norm).getByRole('button', { name: /^More for/ });
  const choose = async (norm: string, item: string): Promise<void> => {
    await more(norm).press('Enter');
    await page.getByRole('menuitem', { name: item }).press('Enter');
  };
  await choose('AdaIN', 'See what this norm does');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(more('AdaIN')).toBeFocused();
  await choose('AdaIN', 'Remove this pane');
  await expect(more(/^WCT/)).toBeFocused(); // which has its place now
  const add = page.getByRole('button', { name: 'Add a pane' });
  for (let panes = await wall.panes.count(); panes < 6; panes++) await add.press('Enter');
  await expect(add).toBeDisabled();
  await expect(add).toBeFocused();
  await wall.finished();
  await choose('DIN', 'Use as main picture');
  await expect(page.getByRole('radio', { name: 'Single' })).toBeFocused();
});
