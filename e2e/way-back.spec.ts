import { disc, fire, ice, photograph } from './pages/pictures';
import type { Studio } from './pages/studio';
import { expect, test } from './pages/test';

const paintButton = (studio: Studio) => studio.page.getByRole('button', { name: /^Paint regions/ });

/** The whole photo as one region, and the brush put away. */
async function paintAll({ page, ...studio }: Studio): Promise<void> {
  await page.getByRole('button', { name: 'Paint regions' }).click();
  await page.getByRole('button', { name: 'Fill' }).click();
  await expect(page.getByRole('button', { name: 'Save' })).toBeEnabled();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(studio.controls).toBeVisible();
}

/** A picture from the clipboard, wherever the focus is. */
async function paste({ page }: Studio, bytes: Buffer): Promise<void> {
  await page.evaluate((sent) => {
    const data = new DataTransfer();
    const pixels = Uint8Array.from(atob(sent), (letter) => letter.charCodeAt(0));
    data.items.add(new File([pixels], 'pasted.png', { type: 'image/png' }));
    window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data }));
  }, bytes.toString('base64'));
}

test('a painted region says so, takes the style that is picked, and can be removed and brought back', async ({
  studio,
}) => {
  const { page } = studio;
  await studio.openWith(await photograph('dust-bowl-home'));
  await expect(paintButton(studio)).toHaveAccessibleName('Paint regions');
  await paintAll(studio);
  const line = page.getByRole('group', { name: 'Painted regions' });
  await expect(line).toContainText('One region is painted');
  await expect(paintButton(studio)).toHaveAccessibleName('Paint regions: 1 in the picture');
  const before = await studio.save();
  await studio.styles
    .getByRole('radio', { name: /Roerich/ })
    .first()
    .click();
  await studio.finished();
  const after = await studio.save();
  expect(after.name).toContain('roerich');
  expect(after.file.equals(before.file)).toBe(false);
  await line.getByRole('button', { name: 'Remove the region' }).click();
  await expect(line).toHaveCount(0);
  await expect(studio.styles.locator(':focus')).toHaveRole('radio');
  await page.getByRole('button', { name: 'Undo' }).click();
  await line.getByRole('button', { name: 'Edit the regions' }).click();
  await expect(page.getByRole('complementary', { name: 'Painting' })).toBeVisible();
});

test('before anything is painted there is nothing to save; undo leaves a region that is gone', async ({
  studio,
}) => {
  const { page } = studio;
  await studio.openWith(await disc());
  await paintButton(studio).click();
  const save = page.getByRole('button', { name: 'Save' });
  await expect(save).toBeDisabled();
  await expect(save).toHaveAccessibleDescription(/Nothing is painted yet/);
  await expect(studio.viewer.getByText('Nothing is painted yet')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(studio.controls).toBeVisible();
  await expect(save).toBeEnabled();
});

test('a pasted photo can be taken back with what was painted; under a dialog it is ignored', async ({
  studio,
}) => {
  const { page } = studio;
  const other = (await disc(96, 80)).buffer;
  await studio.openWith(await photograph('dust-bowl-home'));
  await paintAll(studio);
  await studio.save();
  await page.getByRole('button', { name: 'All styles' }).click();
  await paste(studio, other);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'All styles' })).toBeFocused();
  await page.getByRole('group', { name: /^Picture view/ }).focus(); // in the strip a paste is a style
  await expect(page.getByRole('button', { name: 'Photo: dust-bowl-home.png' })).toBeVisible();
  await expect(page.getByText(/^Saved as PNG/)).toBeVisible();
  await paste(studio, other);
  await studio.finished('96 × 80');
  await expect(page.getByText(/^Saved as PNG/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo: Photo replaced' }).click();
  await expect(page.getByRole('button', { name: 'Photo: dust-bowl-home.png' })).toBeVisible();
  await studio.finished('200 × 152');
  await expect(page.getByRole('group', { name: 'Painted regions' })).toBeVisible();
});

test('an own style that was removed comes back; the focus stays in the strip', async ({ studio }) => {
  const { page, styles } = studio;
  await studio.openWith(await disc());
  await studio.openStyle(await fire());
  await studio.openStyle(await ice());
  await studio.finished();
  await styles.getByRole('button', { name: 'Forget ice.png' }).click();
  await expect(styles.getByRole('radio', { name: /^ice\.png/ })).toHaveCount(0);
  await expect(styles.getByRole('radio', { name: /^fire\.png/ })).toBeFocused();
  await page.getByRole('button', { name: 'Undo: Removed ice.png' }).click();
  await expect(styles.getByRole('radio', { name: /^ice\.png/ })).toBeChecked();
  await studio.finished();
});
