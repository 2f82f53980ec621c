import { fitCin } from './pages/fit-cin';
import { disc, fire } from './pages/pictures';
import { expect, test } from './pages/test';

test('CIN restyles by the painters it was trained on; a style of one’s own brings AdaIN back', async ({
  studio,
}) => {
  await fitCin(studio.page);
  await studio.openWith(await disc(64, 64));
  const cin = studio.controls.getByRole('radio', { name: 'CIN', exact: true });
  await studio.choose('CIN');
  await expect(cin).toBeChecked();
  await studio.finished('64 × 64');
  await expect(studio.result).toBeVisible();
  await studio.openStyle(await fire());
  await expect(cin).toBeDisabled();
  await expect(cin).toHaveAccessibleDescription(/^Knows only the painters it was trained on/);
  await expect(studio.controls.getByRole('radio', { name: 'AdaIN', exact: true })).toBeChecked();
  await studio.finished('64 × 64');
  await expect(studio.page.getByRole('alert')).toHaveCount(0);
});
