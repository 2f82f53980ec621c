import { difference, disc, fire } from './pages/pictures';
import { expect, test } from './pages/test';

test('WebGPU, when asked for, paints what wasm paints', async ({ studio }) => {
  test.setTimeout(180_000);
  const [photo, style] = [await disc(64, 64), await fire()];
  const made = async (backend: string): Promise<Buffer> => {
    await studio.goto(`?backend=${backend}`);
    await studio.openPhoto(photo);
    await studio.openStyle(style);
    await expect(studio.styles.getByRole('radio', { name: /^fire/ })).toBeChecked();
    await studio.setNumber('Style size', 64);
    await studio.finished('64 × 64');
    return (await studio.save()).file;
  };
  const onWasm = await made('wasm');
  const onGpu = await made('webgpu');
  await expect(studio.controls).toContainText('Runs on the graphics card');
  expect(await difference(onGpu, onWasm)).toBeLessThan(1);
});
