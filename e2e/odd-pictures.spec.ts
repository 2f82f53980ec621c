import sharp from 'sharp';
import { disc, picture, raw } from './pages/pictures';
import { expect, test } from './pages/test';

test('a broken file, HEIC and a text renamed to .jpg are refused in words; the photo stays', async ({
  studio,
}) => {
  const photo = await disc();
  await studio.openWith(photo);
  const jpeg = await sharp(photo.buffer).jpeg().toBuffer();
  for (const [name, buffer, words] of [
    ['half.png', photo.buffer.subarray(0, 60), 'is damaged or incomplete.'],
    ['half.jpg', jpeg.subarray(0, 200), 'is damaged or incomplete.'],
    ['phone.heic', Buffer.from('\0\0\0$ftypheic\0\0\0\0mif1heic'), 'is a HEIC picture'],
    ['letter.jpg', Buffer.from('Dear Sir or Madam'), 'is not a picture that this browser can open.'],
  ] as const) {
    await studio.openPhoto({ name, mimeType: 'image/jpeg', buffer });
    await expect(studio.page.getByRole('alert')).toContainText(`“${name}” ${words}`);
    await expect(studio.result).toBeVisible();
    await studio.page.getByRole('button', { name: 'Dismiss' }).click();
    await studio.finished('200 × 152');
  }
});

for (const [width, height] of [
  [1, 1],
  [1, 3000],
] as const) {
  test(`a picture of ${width} x ${height} px comes back at its size`, async ({ studio }) => {
    await studio.openWith(await picture('odd.png', width, height, (_x, y) => [90, y % 200, 30]));
    await studio.finished(`${width} × ${height}`);
    const { file } = await studio.save();
    expect(await raw(file)).toMatchObject({ width, height });
  });
}

test('a photo of 30 megapixels is worked on at the working size, with a note', async ({ studio }) => {
  const buffer = await sharp({ create: { width: 6000, height: 5000, channels: 3, background: '#6a8' } })
    .jpeg({ quality: 60 })
    .toBuffer();
  await studio.goto();
  await studio.setNumber('Working size', 128);
  await studio.openPhoto({ name: 'large.jpg', mimeType: 'image/jpeg', buffer });
  await studio.finished('154 × 128');
  await expect(studio.viewer).toContainText('From a photo of 30 megapixels');
});

test('transparency is kept', async ({ studio }) => {
  await studio.openWith(
    await picture('glass.png', 64, 48, (x) => (x < 32 ? [200, 40, 40, 0] : [40, 40, 200, 255])),
  );
  const { data, channels } = await raw((await studio.save('PNG')).file);
  expect(channels).toBe(4);
  expect([data[3], data[63 * 4 + 3]]).toEqual([0, 255]);
});

test('the grain of a flat sky is not painted as strokes', async ({ studio }) => {
  let last = 1;
  const random = (below: number): number => (last = (last * 16_807) % 2_147_483_647) % below;
  const photo = await picture('sky.png', 160, 128, (_x, y) =>
    y < 80
      ? [120 + random(3), 150 + random(3), 190 + random(3)]
      : [40 + random(90), 60 + random(90), 30 + random(60)],
  );
  await studio.openWith(photo);
  await studio.finished('160 × 128');
  const { file } = await studio.save();
  const { data, channels } = await raw(file);
  const sky = Array.from({ length: 160 * 56 }, (_, i) => data[channels * i] ?? NaN); // red, well above the land
  const mean = sky.reduce((a, b) => a + b) / sky.length;
  const spread = Math.sqrt(sky.reduce((sum, v) => sum + (v - mean) ** 2, 0) / sky.length);
  expect(spread).toBeLessThan(1.5); // 1.0 as it is; under earlier weights 0.5, 4.3 with the grain
});

test('a photo with EXIF rotation stands upright', async ({ studio }) => {
  const { buffer } = await disc(160, 96);
  const turned = await sharp(buffer).jpeg().withMetadata({ orientation: 6 }).toBuffer();
  await studio.openWith({ name: 'turned.jpg', mimeType: 'image/jpeg', buffer: turned });
  await studio.finished('96 × 160');
});

test('JPEG, WebP, AVIF and GIF open too', async ({ studio }) => {
  await studio.goto();
  const image = sharp((await disc(96, 80)).buffer);
  for (const [index, format] of (['jpeg', 'webp', 'avif', 'gif'] as const).entries()) {
    const width = 96 - 8 * index; // each is seen to be the new one
    const buffer = await image.clone().resize(width, 80, { fit: 'fill' }).toFormat(format).toBuffer();
    await studio.openPhoto({ name: `disc.${format}`, mimeType: `image/${format}`, buffer });
    await studio.finished(`${width} × 80`);
  }
});
