import type { Page } from '@playwright/test';
import { accessible } from './pages/axe';
import { difference, disc, fire, photograph, picture } from './pages/pictures';
import { expect, test } from './pages/test';

/** The headings of "Earlier results", which is closed again. */
async function photosOfResults(page: Page): Promise<string[]> {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Earlier results' }).click();
  const dialog = page.getByRole('dialog', { name: 'Earlier results' });
  await expect(dialog).toBeVisible();
  const headings = await dialog
    .getByRole('region')
    .evaluateAll((regions) => regions.map((region) => region.getAttribute('aria-label') ?? ''));
  await page.keyboard.press('Escape');
  return headings;
}

/** What the browser's storage holds; files as empty objects. */
async function kept(page: Page, key: string): Promise<unknown> {
  const text = await page.evaluate(
    (wanted) =>
      new Promise<string>((resolve, reject) => {
        const open = indexedDB.open('keyval-store');
        open.onerror = () => reject(open.error ?? new Error('no database'));
        open.onsuccess = () => {
          const read = open.result.transaction('keyval').objectStore('keyval').get(wanted);
          read.onsuccess = () => resolve(JSON.stringify(read.result ?? null));
        };
      }),
    key,
  );
  return JSON.parse(text);
}

test('every setting can be undone and done again, by button and by key', async ({ studio }) => {
  const { page } = studio;
  await studio.openWith(await photograph('allium-oreophilum'));
  const before = (await studio.save()).file;
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(undo).toBeDisabled();
  await studio.setNumber('Strength', 40);
  await studio.choose('WCT');
  await studio.controls.getByRole('radio', { name: 'Hues' }).click();
  await studio.styles
    .getByRole('radio', { name: /Roerich/ })
    .first()
    .click();
  await studio.finished();
  for (let step = 0; step < 4; step++) await undo.click();
  await expect(undo).toBeDisabled();
  await expect(studio.strength).toHaveAttribute('aria-valuetext', '100 %');
  await studio.finished();
  expect(await difference((await studio.save()).file, before)).toBe(0);
  await page.keyboard.press('Control+Shift+z');
  await expect(studio.strength).toHaveAttribute('aria-valuetext', '40 %');
  await studio.finished();
});

test('the next visit finds photo, style, settings and regions as they were; forgetting ends that', async ({
  studio,
}) => {
  const { page } = studio;
  await studio.openWith(await photograph('dust-bowl-home'));
  await studio.openStyle(await fire());
  await studio.setNumber('Strength', 60);
  await page.getByRole('button', { name: 'Paint regions' }).click();
  await page.getByRole('button', { name: 'Fill' }).click();
  await studio.finished();
  await page.getByRole('button', { name: 'Done' }).click();
  const masks = (setup: unknown) =>
    (setup as { regions?: { mask: unknown }[] } | null)?.regions?.filter(({ mask }) => mask).length;
  await expect.poll(async () => masks(await kept(page, 'setup/1'))).toBe(1);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Photo: dust-bowl-home.png' })).toBeVisible();
  await expect(studio.strength).toHaveAttribute('aria-valuetext', '60 %');
  await expect(studio.styles.getByRole('radio', { name: /fire\.png/ })).toBeChecked();
  await studio.finished();
  await expect(studio.styles.getByText('One region is painted')).toBeVisible();
  await page.getByRole('button', { name: 'Paint regions: 1 in the picture' }).click();
  await expect(page.getByRole('radio', { name: /Region 1.*fire\.png/ })).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  expect(await photosOfResults(page)).toEqual(['Results of dust-bowl-home.png']);

  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Forget everything…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Forget everything' }).click();
  await expect(page.getByRole('button', { name: 'Photo: Evening valley' })).toBeVisible();
  await expect(studio.strength).toHaveAttribute('aria-valuetext', '100 %');
  await expect(studio.styles.getByRole('radio', { name: /fire\.png/ })).toHaveCount(0);
  await studio.finished();
  expect(await photosOfResults(page)).toEqual(['Results of Evening valley']);
});

test('a region from a mask file of many megabytes comes back, too', async ({ studio }) => {
  const { page } = studio;
  await studio.openWith(await photograph('dust-bowl-home'));
  await page.getByRole('button', { name: 'Paint regions' }).click();
  let seed = 1;
  const byte = () => (seed = (seed * 48271) % 2147483647) & 255;
  const mask = await picture('mask.png', 1300, 1000, () => [byte(), byte(), byte()]);
  expect(mask.buffer.length).toBeGreaterThan(3_500_000);
  await page.getByLabel('Mask file').setInputFiles(mask);
  await expect(page.getByRole('radio', { name: /Region 1.*not painted yet/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Done' }).click();
  await studio.setNumber('Strength', 60);
  const strengthIn = (setup: unknown) =>
    (setup as { settings?: { strength: number } } | null)?.settings?.strength;
  await expect.poll(async () => strengthIn(await kept(page, 'setup/1'))).toBe(0.6);
  await page.reload();
  await expect(studio.strength).toHaveAttribute('aria-valuetext', '60 %');
  await expect(page.getByRole('button', { name: 'Paint regions: 1 in the picture' })).toBeVisible();
});

test('what was opened and set before the last visit could be read is kept too', async ({ studio }) => {
  const { page } = studio;
  await page.addInitScript(() => {
    // the browser's storage answers late
    for (const name of ['onsuccess', 'oncomplete'] as const) {
      const owner = name === 'onsuccess' ? IDBRequest.prototype : IDBTransaction.prototype;
      const { set } = Object.getOwnPropertyDescriptor(owner, name) ?? {};
      Object.defineProperty(owner, name, {
        set(this: object, answer: (event: Event) => void) {
          set?.call(this, (event: Event) => setTimeout(() => answer.call(this, event), 2000));
        },
      });
    }
  });
  await studio.goto();
  await studio.openPhoto(await photograph('dust-bowl-home'));
  await studio.openStyle(await fire());
  await studio.setNumber('Strength', 60);
  await expect(page.getByRole('button', { name: 'Photo: dust-bowl-home.png' })).toBeVisible();
  await studio.finished();
  await expect.poll(() => kept(page, 'recent-styles/1')).toMatchObject([{ name: 'fire.png' }]);
  await expect.poll(() => kept(page, 'setup/1')).toMatchObject({ settings: { strength: 0.6 } });
  await page.reload();
  await expect(page.getByRole('button', { name: 'Photo: dust-bowl-home.png' })).toBeVisible();
  await expect(studio.strength).toHaveAttribute('aria-valuetext', '60 %');
  await expect(studio.styles.getByRole('radio', { name: /fire\.png/ })).toBeChecked();
});

test('a page that is closed before the last visit is back leaves it as it was', async ({ studio }) => {
  const { page } = studio;
  await studio.openWith(await disc());
  await studio.choose('WCT');
  await expect.poll(() => kept(page, 'setup/1')).toMatchObject({ settings: { norm: 'wct' } });
  let answers = false;
  await page.route('**/weights/presets.json', (route) => (answers ? route.continue() : undefined));
  await page.reload();
  await studio.openPhoto(await photograph('dust-bowl-home'));
  await studio.openStyle(await fire());
  await expect(studio.styles.getByRole('radio', { name: /fire\.png/ })).toBeChecked();
  await expect(page.getByRole('button', { name: 'Photo: dust-bowl-home.png' })).toBeVisible();
  await page.waitForTimeout(500); // longer than changes are gathered
  answers = true;
  await page.reload();
  await expect(page.getByRole('button', { name: 'Photo: disc.png' })).toBeVisible();
  await expect(studio.controls.getByRole('radio', { name: 'WCT', exact: true })).toBeChecked();
});

test('earlier results are one click away, and bring their settings', async ({ studio }) => {
  const { page } = studio;
  await studio.openWith(await photograph('allium-oreophilum'));
  const first = (await studio.save()).file;
  await studio.setNumber('Strength', 30);
  await studio.finished();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Earlier results' }).click();
  const dialog = page.getByRole('dialog', { name: 'Earlier results' });
  await expect(dialog.getByRole('button', { name: /^Result/ })).toHaveCount(2);
  await dialog.getByRole('button', { name: /AdaIN 100 %/ }).click();
  await expect(studio.strength).toHaveAttribute('aria-valuetext', '100 %');
  await studio.finished();
  expect(await difference((await studio.save()).file, first)).toBe(0);
});

test('results of an earlier photo stay, and bring the photo back', async ({ studio }) => {
  const { page } = studio;
  await studio.openWith(await photograph('allium-oreophilum'));
  const first = (await studio.save()).file;
  await studio.openPhoto(await photograph('dust-bowl-home'));
  await studio.finished('\\d+ × \\d+');
  await expect(studio.result).toHaveAccessibleName(/dust-bowl-home/);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Earlier results' }).click();
  await page
    .getByRole('region', { name: /^Results of allium/ })
    .getByRole('button', { name: /AdaIN 100 %/ })
    .click();
  await expect(studio.result).toHaveAccessibleName(/allium/);
  await studio.finished();
  expect(await difference((await studio.save()).file, first)).toBe(0);
});

test('keys do the frequent things, a sheet lists them, and fields keep their letters', async ({ studio }) => {
  const { page } = studio;
  await studio.openWith(await photograph('allium-oreophilum'));
  await page.keyboard.press('Shift+S');
  await expect(studio.strength).toHaveAttribute('aria-valuetext', '90 %');
  await page.keyboard.press('s');
  await expect(studio.strength).toHaveAttribute('aria-valuetext', '100 %');
  await page.keyboard.press('v');
  await expect(page.getByRole('radio', { name: 'Beside' })).toBeChecked();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet.getByText('Paint regions, and stop')).toBeVisible();
  await page.keyboard.press('s');
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await page.getByRole('button', { name: 'All styles' }).click();
  await page.getByRole('searchbox').fill('');
  await page.getByRole('searchbox').pressSequentially('sbv');
  await expect(page.getByRole('searchbox')).toHaveValue('sbv');
  await expect(studio.page.getByText('No style is called “sbv”.')).toBeVisible();
});

test('axe finds nothing while painting, blending, or in the dialogs', async ({ studio }) => {
  const { page } = studio;
  await studio.openWith(await photograph('allium-oreophilum'));
  await studio.controls.getByRole('button', { name: 'Blend in another style' }).click();
  await page.getByRole('dialog').getByRole('radio', { name: /Klimt/ }).first().click();
  await studio.controls.getByText('Advanced').click();
  await studio.finished();
  await accessible(page, 'blending');
  await page.getByRole('button', { name: 'Paint regions' }).click();
  await accessible(page, 'painting');
  await page.getByRole('button', { name: 'Done' }).click();
  for (const item of ['Earlier results', 'Keyboard shortcuts', 'Forget everything…']) {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: item }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await accessible(page, item);
    await page.keyboard.press('Escape');
  }
});
