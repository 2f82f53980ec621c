import { difference, disc, fire } from './pages/pictures';
import { expect, test } from './pages/test';
import { Wall } from './pages/wall';

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

test('the wall on WebGPU has the numbers of wasm, and shows what a norm does', async ({ studio }) => {
  test.setTimeout(240_000);
  const numbersOn = async (backend: string): Promise<number[]> => {
    await studio.goto(`?backend=${backend}`);
    await studio.openPhoto(await disc(64, 64));
    await studio.finished('64 × 64');
    const wall = new Wall(studio.page);
    await wall.open();
    await wall.finished();
    return [...(await wall.numbers('Style distance')), ...(await wall.numbers('Content distance'))];
  };
  const onWasm = await numbersOn('wasm');
  const onGpu = await numbersOn('webgpu');
  expect(onGpu.length).toBeGreaterThanOrEqual(2 * 4);
  onGpu.forEach((number, i) => expect(number / (onWasm[i] ?? NaN)).toBeCloseTo(1, 2)); // 1 %; shown with three digits
  await new Wall(studio.page).menu('AdaIN', 'See what this norm does');
  const means = studio.page.getByRole('img', { name: /^Mean of each channel/ });
  await expect(means).toHaveAccessibleName(/distance (?!0\.000)[\d.]+ before, 0\.000 after/);
});

test('a lost GPU device is replaced and the picture comes', async ({ studio }) => {
  const { page } = studio;
  // The worker's own device, kept where the test can end it as a driver would.
  await page.route('**/assets/worker-*.js', async (route) => {
    const response = await route.fetch();
    const keep = `{
      const ask = GPUAdapter.prototype.requestDevice;
      GPUAdapter.prototype.requestDevice = async function (...wish) {
        return (self.testedDevice = await ask.apply(this, wish));
      };
    }`;
    await route.fulfill({ response, body: `${keep}\n${await response.text()}` });
  });
  await studio.goto('?backend=webgpu');
  await studio.openPhoto(await disc(64, 64));
  await studio.finished('64 × 64');
  const workers = () => page.workers().filter((one) => one.url().includes('/worker-'));
  const [lost] = workers();
  await lost?.evaluate(() => (self as unknown as { testedDevice: GPUDevice }).testedDevice.destroy());
  await expect.poll(() => workers().length === 1 && workers()[0] !== lost).toBe(true);
  await studio.choose('DIN');
  await studio.finished('64 × 64');
  await expect(studio.controls).toContainText('Runs on the graphics card');
});
