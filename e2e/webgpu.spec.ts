import type { Page, Worker } from '@playwright/test';
import { difference, disc, fire } from './pages/pictures';
import { expect, test } from './pages/test';
import { Wall } from './pages/wall';

/** Runs a script in every worker of ours ahead of its own. */
async function aheadOfWorkers(page: Page, script: string): Promise<void> {
  await page.route('**/assets/worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${script}\n${await response.text()}` });
  });
}

const workersOf = (page: Page): Worker[] => page.workers().filter((one) => one.url().includes('/worker-'));

test('WebGPU, when asked for, paints by its own kernels what wasm paints', async ({ studio }) => {
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
  // The labels of what our kernels send to the device; tfjs gives its own no label.
  await aheadOfWorkers(
    studio.page,
    `{
      self.labels = new Set();
      const begin = GPUCommandEncoder.prototype.beginComputePass;
      GPUCommandEncoder.prototype.beginComputePass = function (wish) {
        if (wish?.label) self.labels.add(wish.label);
        return begin.call(this, wish);
      };
    }`,
  );
  const onGpu = await made('webgpu');
  const [worker] = workersOf(studio.page);
  const labels = await worker?.evaluate(() => [...(self as unknown as { labels: Set<string> }).labels]);
  expect(labels?.filter((label) => label.startsWith('encoder/'))).toHaveLength(5);
  expect(labels?.filter((label) => label.startsWith('decoder/'))).toHaveLength(6);
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
    const numbers = [...(await wall.numbers('Style distance')), ...(await wall.numbers('Content distance'))];
    if (backend === 'wasm') await wall.close(); // the next visit would begin with it
    return numbers;
  };
  const onWasm = await numbersOn('wasm');
  const onGpu = await numbersOn('webgpu');
  expect(onGpu.length).toBeGreaterThanOrEqual(2 * 4);
  onGpu.forEach((number, i) => expect(number / (onWasm[i] ?? NaN)).toBeCloseTo(1, 2)); // 1 %; shown with three digits
  await new Wall(studio.page).menu('AdaIN', 'See what this norm does');
  const means = studio.page.getByRole('img', { name: /^Mean of each channel/ });
  await expect(means).toHaveAccessibleName(/distance (?!0\.000)[\d.]+ before, 0\.000 after/);
});

/** How a device fails: each leaves pictures that nobody painted. */
const FAILURES: readonly (readonly [what: string, fail: (device: GPUDevice) => void])[] = [
  ['is lost', (device) => device.destroy()],
  [
    'refuses what it is told',
    (device) => {
      device.createBuffer({ size: 4, usage: 0 });
      device.queue.submit([]); // the browser waits for more otherwise
    },
  ],
];

for (const [what, fail] of FAILURES) {
  test(`a GPU device that ${what} is replaced and the picture comes`, async ({ studio }) => {
    const { page } = studio;
    // The worker's own device, kept where the test can make it fail as a driver would.
    await aheadOfWorkers(
      page,
      `{
        const ask = GPUAdapter.prototype.requestDevice;
        GPUAdapter.prototype.requestDevice = async function (...wish) {
          return (self.testedDevice = await ask.apply(this, wish));
        };
      }`,
    );
    await studio.goto('?backend=webgpu');
    await studio.openPhoto(await disc(64, 64));
    await studio.finished('64 × 64');
    const [failing] = workersOf(page);
    await failing?.evaluate(`(${fail})(self.testedDevice)`);
    await expect.poll(() => workersOf(page).length === 1 && workersOf(page)[0] !== failing).toBe(true);
    await studio.choose('DIN');
    await studio.finished('64 × 64');
    await expect(studio.controls).toContainText('Runs on the graphics card');
  });
}

test('a GPU without memory is a sentence; the picture stays, and the next one comes', async ({ studio }) => {
  const { page } = studio;
  // Memory runs out while the second picture is made; that buffers come back empty tells nobody.
  await aheadOfWorkers(
    page,
    `{
      const create = GPUDevice.prototype.createBuffer;
      GPUDevice.prototype.createBuffer = function (...wish) {
        if (self.exhausted) {
          const error = new GPUOutOfMemoryError('no memory');
          this.dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error }));
        }
        return create.apply(this, wish);
      };
    }`,
  );
  await studio.goto('?backend=webgpu');
  await studio.openPhoto(await disc(64, 64));
  await studio.finished('64 × 64');
  await workersOf(page)[0]?.evaluate('self.exhausted = true');
  await studio.choose('DIN');
  await expect(page.getByRole('alert')).toContainText('Memory ran out.');
  await expect(studio.result).toBeVisible();
  await studio.choose('WCT');
  await studio.finished('64 × 64');
  await expect(page.getByRole('alert')).toBeHidden();
});
