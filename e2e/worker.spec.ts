import { disc } from './pages/pictures';
import { expect, test } from './pages/test';

/** Longer than a worker may be silent, ms. */
const LONG = 30_000;

for (const what of ['hangs', 'is ended by the browser without a word'] as const) {
  test(`a worker that ${what} is replaced, and the picture comes`, async ({ studio }) => {
    await studio.page.clock.install();
    await studio.openWith(await disc());
    await (what === 'hangs' ? studio.hang() : studio.worker().evaluate(() => self.close()));
    await studio.choose('WCT');
    await expect(studio.stop).toBeVisible();
    await studio.page.clock.runFor(LONG);
    await studio.finished();
    await expect(studio.controls.getByRole('radio', { name: 'WCT' })).toBeChecked();
  });
}

test('another engine waits for a photo that takes longer to open than it takes to start', async ({
  studio,
}) => {
  await studio.page.route('**/assets/worker-*.js', async (route) => {
    const answer = await route.fetch();
    const slow = `const decode = self.createImageBitmap.bind(self);
      self.createImageBitmap = (...picture) =>
        new Promise((resolve) => setTimeout(resolve, 3000)).then(() => decode(...picture));`;
    await route.fulfill({ response: answer, body: `${await answer.text()};{${slow}}` });
  });
  await studio.openWith(await disc());
  await studio.controls.getByRole('combobox', { name: 'Engine' }).selectOption('wasm');
  await studio.finished();
  await expect(studio.page.getByRole('alert')).toHaveCount(0);
});

test('Stop answers even when the worker hangs', async ({ studio }) => {
  await studio.openWith(await disc());
  await studio.hang();
  await studio.choose('WCT');
  await studio.stop.click();
  await expect(studio.viewer).toContainText('Stopped. The last picture is kept.');
});

test('a worker that breaks is a sentence, and trying again works', async ({ studio, expectedErrors }) => {
  expectedErrors.push(/the roof fell in/);
  await studio.openWith(await disc(640, 512));
  await studio.worker().evaluate(() => {
    addEventListener('message', ({ data }) => {
      if (data.type === 'stylise') throw new Error('the roof fell in');
    });
  });
  await studio.choose('WCT');
  await expect(studio.page.getByRole('alert')).toContainText('Something broke that should not');
  await expect(studio.result).toBeVisible();
  await studio.page.getByRole('button', { name: 'Try again' }).click();
  await studio.finished();
});

test('when memory runs out the page says so, keeps the last picture, and works on', async ({ studio }) => {
  await studio.openWith(await disc(2400, 2000));
  await studio.worker().evaluate(() => {
    WebAssembly.Memory.prototype.grow = () => {
      throw new RangeError('Unable to grow instance memory');
    };
  });
  await studio.setNumber('Working size', 2000);
  await expect(studio.page.getByRole('alert')).toContainText(
    'Memory ran out. Choose a smaller working size or style size.',
  );
  await expect(studio.result).toBeVisible();
  await studio.setNumber('Working size', 128);
  await studio.finished('154 × 128');
});
