import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { parsePresetTable, presetFile } from '../../app/models/preset-table';

/** Serves the first painter with an affine pair of ones and zeros, whatever CIN was fitted to. */
export async function fitCin(page: Page): Promise<void> {
  const { presets, ...rest } = parsePresetTable(await readFile('public/weights/presets.json', 'utf8'));
  const [first, ...others] = presets;
  if (!first) throw new Error('there are no presets');
  const rows = [
    { name: 'gamma', values: new Float32Array(64).fill(1) },
    { name: 'beta', values: new Float32Array(64) },
  ];
  const affine = rows.map(({ name, values }) => ({ name, shape: [values.length], dtype: 'float32' }));
  const known = rest.weights.statistics.reduce((bytes, { shape }) => bytes + 2 * (shape[0] ?? 0), 0);
  const bin = Buffer.concat([
    (await readFile(`public/weights/${presetFile(first.id)}`)).subarray(0, known),
    ...rows.map(({ values }) => Buffer.from(values.buffer)),
  ]);
  const file = { sha256: createHash('sha256').update(bin).digest('hex'), bytes: bin.length };
  const weights = { ...rest.weights, affine };
  const unfitted = others.map((one) => ({ ...one, cin: false })); // theirs have another layout
  const json = JSON.stringify({ ...rest, weights, presets: [{ ...first, cin: true, file }, ...unfitted] });
  await page.route('**/weights/presets.json', (route) => route.fulfill({ body: json }));
  await page.route(`**/weights/${presetFile(first.id)}`, (route) => route.fulfill({ body: bin }));
}
