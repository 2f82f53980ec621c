import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';

interface Table {
  readonly presets: readonly { readonly id: string }[];
  readonly weights: readonly object[];
}

/** Serves the presets with an affine pair of ones and zeros for the first painter, whatever CIN was fitted to. */
export async function fitCin(page: Page): Promise<void> {
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
