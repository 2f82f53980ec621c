import { wasmThreads } from '../src/pipeline/wasm-threads';
import { expect, test } from './pages/test';

test('a finished example is there without a click', async ({ studio }) => {
  await studio.goto();
  await expect(studio.result).toBeVisible();
  await studio.finished();
  await expect(studio.controls).toContainText('Runs on WebAssembly');
  await expect(studio.controls).toContainText('Your pictures stay on this device');
});

test('the page says which engine runs and why, and takes ?backend=wasm', async ({ studio }) => {
  await studio.goto('?backend=wasm');
  await expect(studio.controls).toContainText('as you asked');
  await expect(studio.controls.getByRole('combobox', { name: 'Engine' })).toHaveValue('wasm');
});

test('the page is cross-origin isolated, and names as many threads as wasm takes', async ({ studio }) => {
  await studio.goto();
  expect(await studio.page.evaluate(() => crossOriginIsolated)).toBe(true);
  const processors = await studio.page.evaluate(() => navigator.hardwareConcurrency);
  const threads = wasmThreads(processors);
  const words = threads > 1 ? `WebAssembly on ${threads} threads` : /WebAssembly(?! on)/;
  await expect(studio.controls.getByText(/^Runs on WebAssembly/)).toContainText(words);
});

test('a reload works again', async ({ studio }) => {
  await studio.goto();
  await expect(studio.result).toBeVisible();
  await studio.page.reload();
  await expect(studio.result).toBeVisible();
});

test('weights that cannot be had are a sentence, and trying again works', async ({
  studio,
  expectedErrors,
}) => {
  expectedErrors.push(/404/);
  const restore = await studio.without('encoder.bin');
  await studio.goto();
  await expect(studio.page.getByRole('alert')).toContainText(
    'The networks could not be loaded (encoder.bin).',
  );
  await restore();
  await studio.page.getByRole('button', { name: 'Try again' }).click();
  await expect(studio.result).toBeVisible();
});
