import { disc, fire } from './pages/pictures';
import { expect, test } from './pages/test';
import { Wall } from './pages/wall';

test('all styles are found at a glance, and by name without accents', async ({ studio }) => {
  const { page } = studio;
  await studio.openWith(await disc());
  const count = await studio.styles.getByRole('radio').count(); // the dialog hides the rest of the page
  await page.getByRole('button', { name: 'All styles' }).click();
  const dialog = page.getByRole('dialog', { name: 'Styles' });
  const all = dialog.getByRole('radio');
  await expect(all).toHaveCount(count);
  await expect(dialog.getByRole('radio', { checked: true })).toBeFocused();
  await dialog.getByRole('searchbox', { name: 'Find a style' }).fill('cezanne');
  await expect(all).toHaveCount(1);
  await expect(dialog.getByRole('status')).toHaveText('1 style found');
  await all.first().click();
  await expect(dialog).toHaveCount(0);
  const chosen = studio.styles.getByRole('radio', { checked: true });
  await expect(chosen).toHaveAccessibleName(/Paul Cézanne/);
  await expect(chosen).toBeInViewport({ ratio: 0.9 }); // the strip went there
  await studio.finished();
});

test('a name that nobody has is said to be nobody’s', async ({ studio }) => {
  await studio.openWith(await disc());
  await studio.page.getByRole('button', { name: 'All styles' }).click();
  await studio.page.getByRole('searchbox', { name: 'Find a style' }).fill('xyz');
  await expect(studio.page.getByText('No style is called “xyz”.')).toBeVisible();
  await studio.page.keyboard.press('Escape');
  await expect(studio.page.getByRole('button', { name: 'All styles' })).toBeFocused();
});

test('the strip scrolls by wheel, and by arrow keys to its end', async ({ studio }) => {
  const { page } = studio;
  await studio.openWith(await disc());
  const last = studio.styles.getByRole('radio').last();
  await expect(last).not.toBeInViewport();
  await studio.styles.getByRole('radio').nth(2).hover();
  await page.mouse.wheel(0, 10_000);
  await expect(last).toBeInViewport();
  await page.mouse.wheel(0, -10_000);
  await studio.styles.getByRole('radio').first().focus();
  await page.keyboard.press('End');
  await expect(last).toBeFocused();
  await expect(last).toBeInViewport();
});

test('one’s own picture stands among all styles', async ({ studio }) => {
  await studio.openWith(await disc());
  await studio.openStyle(await fire());
  await studio.finished();
  await studio.page.getByRole('button', { name: 'All styles' }).click();
  await expect(studio.page.getByRole('dialog').getByRole('radio', { name: /^fire\.png/ })).toBeChecked();
});

test('the chosen style is in sight again after Compare, and when the window gets narrower', async ({
  studio,
}) => {
  const { page } = studio;
  await studio.openWith(await disc());
  const chosen = studio.styles.getByRole('radio').nth(6);
  await chosen.click();
  await studio.finished();
  const wall = new Wall(page);
  await wall.open();
  await expect(wall.region).toBeVisible();
  await wall.close();
  await expect(chosen).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 1000, height: 900 });
  await expect(chosen).toBeInViewport({ ratio: 1 });
});
