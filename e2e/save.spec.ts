import sharp from 'sharp';
import { difference, disc } from './pages/pictures';
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
