import sharp from 'sharp';
import { difference, disc, fire, raw } from './pages/pictures';
import { expect, test } from './pages/test';

test('PNG, JPEG and WebP are saved at the size of the result and can be read again', async ({ studio }) => {
  await studio.openWith(await disc());
  const png = await studio.save('PNG');
  for (const format of ['PNG', 'JPEG', 'WebP'] as const) {
    const { name, file } = await studio.save(format);
    const { width, height, format: found } = await sharp(file).metadata();
    expect({ width, height, found }).toEqual({ width: 200, height: 152, found: format.toLowerCase() });
    expect(name).toMatch(/^disc-.+\.(png|jpg|webp)$/);
    expect(await difference(file, png.file)).toBeLessThan(12);
  }
});

test('a file can be as large as the photo: sharp, with the strokes on screen', async ({ studio }) => {
  const photo = await disc(1200, 900);
  await studio.openWith(photo);
  await studio.openStyle(await fire());
  await studio.setNumber('Working size', 240);
  await studio.finished('320 × 240');
  const small = (await studio.save('PNG')).file;
  const { page } = studio;
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('menuitemcheckbox', { name: /^As large as the photo 1200 × 900 px/ }).click();
  await page.keyboard.press('Escape');
  const large = (await studio.save('PNG')).file;
  await expect(page.getByRole('button', { name: 'Save' })).toBeFocused();
  expect(await sharp(large).metadata()).toMatchObject({ width: 1200, height: 900 });
  const shrunk = await sharp(large).resize(320, 240).png().toBuffer();
  expect(await difference(shrunk, small)).toBeLessThan(4);
  const blown = await sharp(small).resize(1200, 900, { kernel: 'cubic' }).png().toBuffer();
  expect(await sharpness(large)).toBeGreaterThan(1.5 * (await sharpness(blown)));

  const stopped = page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        new MutationObserver((_changes, observer) => {
          const stop = document.querySelector<HTMLButtonElement>('[aria-label="Stop enlarging"]');
          if (!stop) return;
          observer.disconnect();
          stop.click(); // from inside: a click from here may come when the file is there
          resolve();
        }).observe(document.body, { subtree: true, childList: true });
      }),
  );
  let files = 0;
  page.on('download', () => files++);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('menuitem', { name: 'PNG' }).click();
  await stopped;
  await expect(page.getByRole('button', { name: 'Save' })).toBeVisible();

  await studio.setNumber('Strength', 0);
  await studio.finished('320 × 240');
  expect(files).toBe(0);
  expect(await difference((await studio.save('PNG')).file, photo.buffer)).toBeLessThan(0.01);

  await studio.setNumber('Working size', 1200); // as large as it is: nothing to choose
  await studio.finished('1200 × 900');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('menuitem', { name: 'PNG' })).toBeVisible();
  await expect(page.getByRole('menuitemcheckbox')).toHaveCount(0);
});

/** How much neighbours in a row differ, 0..255. */
async function sharpness(file: Buffer): Promise<number> {
  const { data, channels } = await raw(file);
  let sum = 0;
  for (let i = channels; i < data.length; i++) sum += Math.abs((data[i] ?? 0) - (data[i - channels] ?? 0));
  return sum / data.length;
}

test('the result goes to the clipboard', async ({ studio, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await studio.openWith(await disc());
  await studio.page.getByRole('button', { name: 'Copy the result' }).click();
  await expect(studio.page.getByText('Copied', { exact: true })).toBeVisible();
  const bytes = await studio.page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const blob = await item?.getType('image/png');
    return blob ? [...new Uint8Array(await blob.arrayBuffer())] : [];
  });
  expect((await sharp(Buffer.from(bytes)).metadata()).width).toBe(200);
});
