import { disc, fire } from './pages/pictures';
import { expect, test } from './pages/test';

test('the whole job by keyboard alone: sample, style, norm, strength, save', async ({ studio }) => {
  const { page } = studio;
  await studio.openWith(await disc());
  await studio.setNumber('Working size', 128);
  const tabTo = async (name: RegExp): Promise<void> => {
    for (let presses = 0; presses < 80; presses++) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const { activeElement: it } = document;
        if (it === document.body) return '';
        return `${it?.getAttribute('aria-label') ?? ''} ${it?.textContent ?? ''} ${it?.id ?? ''}`;
      });
      if (name.test(focused)) return;
    }
    throw new Error(`${name} cannot be reached by Tab`);
  };
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await tabTo(/^Photo: disc/);
  await page.keyboard.press('Enter');
  await page.keyboard.press('F'); // typing finds the item
  await expect(page.getByRole('menuitem', { name: 'French Alps' })).toBeFocused();
  await page.keyboard.press('Enter');
  await studio.finished('\\d+ × 128');
  await tabTo(/Vincent van Gogh/);
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: /Claude Monet/ }).first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radio', { name: /Claude Monet/ }).first()).toBeChecked();
  await tabTo(/^Strength/);
  await page.keyboard.press('ArrowLeft');
  await tabTo(/AdaIN/);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'WCT', exact: true })).toBeChecked();
  await studio.finished('\\d+ × 128');
  await page.keyboard.press('Shift+Tab');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await tabTo(/^\s*Save/);
  await page.keyboard.press('Enter');
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  expect(download.suggestedFilename()).toMatch(/^french-alps-claude-monet-.+\.png$/);
});

test('views, all styles, own styles and swapping by keyboard alone', async ({ studio }) => {
  const { page } = studio;
  await studio.openWith(await disc());
  await studio.openStyle(await fire());
  await studio.finished();
  const press = async (name: string | RegExp, ...keys: string[]): Promise<void> => {
    const control = page.getByRole('button', { name }).first();
    await expect(async () => {
      await control.focus(); // a menu that closes takes the focus back a little later
      await expect(control).toBeFocused({ timeout: 500 });
    }).toPass();
    for (const key of keys) await page.keyboard.press(key);
  };
  await page.getByRole('radio', { name: 'Split' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Beside' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radio', { name: 'Beside' })).toBeChecked();
  await press('All styles', 'Enter');
  await expect(page.getByRole('dialog').getByRole('radio', { name: /^fire/ })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('dialog').getByRole('radio', { name: /van Gogh/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'All styles' })).toBeFocused(); // a moment after it closed
  await expect(studio.styles.getByRole('radio', { name: /van Gogh/ })).toBeChecked();
  await studio.styles.getByRole('radio', { name: /^fire/ }).focus();
  await page.keyboard.press('Space');
  await studio.finished();
  await press(/^Photo: disc/, 'Enter', 's');
  await expect(page.getByRole('menuitem', { name: 'Swap photo and style' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(studio.photo).toHaveAccessibleName('Photo: fire.png');
  await press('Forget disc.png', 'Enter');
  await expect(studio.styles.getByRole('radio', { name: /^disc/ })).toHaveCount(0);
});
