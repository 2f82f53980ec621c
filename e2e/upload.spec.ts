import { bands, disc, photograph, fire, ice, likeness, meanColour, raw } from './pages/pictures';
import { expect, test } from './pages/test';

const redness = async (file: Buffer): Promise<number> => {
  const [red, , blue] = meanColour(await raw(file));
  return red - blue;
};

test('the result has the colours of its style and the shapes of its photo', async ({ studio }) => {
  const photos = { flower: await photograph('allium-oreophilum'), home: await photograph('dust-bowl-home') };
  await studio.openWith(photos.flower);
  await studio.openStyle(await fire());
  await studio.finished('200 × 152');
  const burning = (await studio.save()).file;
  await studio.openStyle(await ice());
  await studio.finished('200 × 152');
  const frozen = (await studio.save()).file;
  expect(await redness(burning)).toBeGreaterThan(40);
  expect(await redness(frozen)).toBeLessThan(-40);

  await studio.openPhoto(photos.home);
  await studio.finished('200 × 152');
  const homely = (await studio.save()).file;
  for (const [made, own, other] of [
    [frozen, photos.flower, photos.home],
    [homely, photos.home, photos.flower],
  ] as const) {
    expect(await likeness(made, own.buffer)).toBeGreaterThan(await likeness(made, other.buffer));
  }
});

test('a photo and its style can be dropped together', async ({ studio }) => {
  await studio.openWith(await bands());
  const files = await Promise.all([disc(120, 96), fire()]);
  const transfer = await studio.page.evaluateHandle(
    (sent) => {
      const data = new DataTransfer();
      for (const { name, bytes } of sent) {
        data.items.add(
          new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name, { type: 'image/png' }),
        );
      }
      return data;
    },
    files.map(({ name, buffer }) => ({ name, bytes: buffer.toString('base64') })),
  );
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await studio.viewer.dispatchEvent(type, { dataTransfer: transfer });
  }
  await studio.finished('120 × 96');
  await expect(studio.styles.getByRole('radio', { name: /^fire\.png/ })).toBeChecked();
  await expect(studio.photo).toHaveAccessibleName('Photo: disc.png');
});

test('a picture can be pasted', async ({ studio }) => {
  await studio.openWith(await bands());
  const bytes = (await disc(96, 80)).buffer.toString('base64');
  await studio.page.evaluate((sent) => {
    const data = new DataTransfer();
    data.items.add(
      new File([Uint8Array.from(atob(sent), (c) => c.charCodeAt(0))], 'pasted.png', { type: 'image/png' }),
    );
    window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data }));
  }, bytes);
  await studio.finished('96 × 80');
});

test('recent styles stay, photo and style swap, and the photo clears', async ({ studio }) => {
  await studio.openWith(await disc());
  await studio.openStyle(await fire());
  await studio.openStyle(await ice());
  await studio.finished();
  await studio.styles.getByRole('radio', { name: /^fire\.png/ }).click();
  await studio.finished();
  await studio.photoMenu('Swap photo and style');
  await studio.finished('160 × 160');
  await expect(studio.photo).toHaveAccessibleName('Photo: fire.png');
  await studio.styles.getByRole('button', { name: 'Forget ice.png' }).click();
  await expect(studio.styles.getByRole('radio', { name: /^ice\.png/ })).toHaveCount(0);
  await studio.photoMenu('Clear the photo');
  await expect(studio.viewer.getByRole('heading', { name: 'Drop a photo here' })).toBeVisible();
  await studio.viewer.getByRole('button', { name: 'Allium' }).click();
  await expect(studio.result).toBeVisible();
});

test('two styles that are opened at once are both there', async ({ studio }) => {
  await studio.openWith(await disc());
  await Promise.all([studio.openStyle(await ice()), studio.openStyle(await fire())]);
  await expect(studio.styles.getByRole('radio', { name: /^(fire|ice)\.png/ })).toHaveCount(2);
  await studio.finished();
});

test('own styles are there on the next visit, until they are forgotten', async ({ studio }) => {
  await studio.openWith(await disc());
  await studio.openStyle(await ice());
  await studio.openStyle(await fire());
  await studio.finished('200 × 152');
  await studio.page.reload();
  const remembered = studio.styles.getByRole('radio', { name: /^fire\.png/ });
  await expect(remembered).toBeChecked();
  const forget = studio.styles.getByRole('button', { name: 'Forget fire.png' });
  await forget.evaluate((button: HTMLElement) => {
    button.click();
    location.reload(); // at once, before storage has answered
  });
  await expect(forget).toHaveCount(0);
  await expect(studio.result).toBeVisible();
  await expect(studio.styles.getByRole('radio', { name: /^ice\.png/ })).toHaveCount(1);
  await expect(remembered).toHaveCount(0);
});

test('a painter is one click away', async ({ studio }) => {
  await studio.openWith(await disc());
  const before = (await studio.save()).file;
  await studio.styles
    .getByRole('radio', { name: /Claude Monet/ })
    .first()
    .click();
  await studio.finished();
  expect((await studio.save()).file.equals(before)).toBe(false);
});
