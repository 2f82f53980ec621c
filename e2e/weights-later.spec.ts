import { readFileSync } from 'node:fs';
import { parsePresetTable } from '../app/models/preset-table';
import { disc } from './pages/pictures';
import { expect, test } from './pages/test';

const { presets } = parsePresetTable(readFileSync('public/weights/presets.json', 'utf8'));
const [second, last] = [presets[1], presets.at(-1)];

test('a painter whose style cannot be had is a sentence; the picture stays, and trying again works', async ({
  studio,
  expectedErrors,
}) => {
  expectedErrors.push(/404/);
  const restore = await studio.without(`presets/${second?.id}.bin`);
  await studio.openWith(await disc());
  await studio.styles.getByRole('radio').nth(1).click();
  const alert = studio.page.getByRole('alert');
  await expect(alert).toContainText(`The painter’s style could not be loaded (presets/${second?.id}.bin).`);
  await expect(studio.result).toBeVisible();
  await restore();
  await alert.getByRole('button', { name: 'Try again' }).click();
  await studio.finished();
  await expect(alert).toHaveCount(0);
  await expect(studio.styles.getByRole('radio').nth(1)).toBeChecked();
});

test('DIN’s network that cannot be had is a sentence; the other norms work, and trying again works', async ({
  studio,
  expectedErrors,
}) => {
  expectedErrors.push(/404/);
  const restore = await studio.without('din.bin');
  await studio.openWith(await disc());
  await studio.choose('DIN');
  const alert = studio.page.getByRole('alert');
  await expect(alert).toContainText('DIN’s network could not be loaded (din.bin).');
  await expect(studio.result).toBeVisible();
  await studio.choose('WCT');
  await studio.finished();
  await studio.choose('DIN');
  await expect(alert).toContainText('DIN’s network could not be loaded (din.bin).');
  await restore();
  await alert.getByRole('button', { name: 'Try again' }).click();
  await studio.finished();
  await expect(alert).toHaveCount(0);
});

test('once the rest has come, every painter and DIN work without a connection', async ({
  studio,
  expectedErrors,
}) => {
  expectedErrors.push(/INTERNET_DISCONNECTED/); // swatches that were not on screen yet
  const { page } = studio;
  const all = page.waitForResponse(`**/weights/presets/${last?.id}.bin`);
  await studio.openWith(await disc());
  await (await all).finished();
  await page.context().setOffline(true);
  await page.route('**/weights/**', (route) => route.abort('internetdisconnected'));
  await studio.styles.getByRole('radio').last().click();
  await studio.finished();
  await studio.choose('DIN');
  await studio.finished();
  await expect(page.getByRole('alert')).toHaveCount(0);
});
