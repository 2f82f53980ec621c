import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { disc, fire } from './pages/pictures';
import { expect, test } from './pages/test';

interface Table {
  readonly presets: readonly { readonly id: string }[];
  readonly weights: readonly object[];
}

/** Serves the presets with an affine pair of ones and zeros for the first painter, whatever CIN was fitted to. */
async function fitCin(page: Page): Promise<void> {
  const table = JSON.parse(await readFile('public/weights/presets.json', 'utf8')) as Table;
  const sizes = { fine: 64, coarse: 128 };
  const rows = Object.entries(sizes).flatMap(([level, size]) => [
    { name: `${table.presets[0]?.id}/${level}/gamma`, values: new Float32Array(size).fill(1) },
    { name: `${table.presets[0]?.id}/${level}/beta`, values: new Float32Array(size) },
  ]);
  const entries = rows.map(({ name, values }) => ({ name, shape: [values.length], dtype: 'float32' }));
  const bin = Buffer.concat([
    await readFile('public/weights/presets.bin'),
    ...rows.map(({ values }) => Buffer.from(values.buffer)),
  ]);
  const file = { sha256: createHash('sha256').update(bin).digest('hex'), bytes: bin.length };
  const json = JSON.stringify({ ...table, file, weights: [...table.weights, ...entries] });
  await page.route('**/weights/presets.json', (route) => route.fulfill({ body: json }));
  await page.route('**/weights/presets.bin', (route) => route.fulfill({ body: bin }));
}

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
