import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import type { Download } from '@playwright/test';
import sharp from 'sharp';
import {
  bands,
  difference,
  disc,
  fire,
  ice,
  meanColour,
  photograph,
  raw,
  type TestFile,
} from './pages/pictures';
import { accessible } from './pages/axe';
import type { Studio } from './pages/studio';
import { expect, test } from './pages/test';

const many = (studio: Studio) => studio.page.getByRole('dialog', { name: 'Restyle many photos' });
const add = (studio: Studio, files: readonly TestFile[]) =>
  studio.page.getByLabel('Many photos', { exact: true }).setInputFiles([...files]);
const restyled = (studio: Studio) => many(studio).getByRole('img', { name: /^Restyled: / });

async function unzipped(download: Download): Promise<Map<string, Buffer>> {
  const files = unzipSync(await readFile(await download.path()));
  return new Map(Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes)]));
}

const letter: TestFile = { name: 'letter.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('Dear Sir') };

test('many photos are restyled as the page is set, and saved as one ZIP; a broken one leaves the others', async ({
  studio,
}) => {
  const photo = await photograph('dust-bowl-home');
  await studio.openWith(photo);
  await studio.openStyle(await fire());
  await studio.finished();
  const alone = (await studio.save()).file;

  await studio.page.getByRole('button', { name: 'More' }).click();
  await studio.page.getByRole('menuitem', { name: 'Restyle many photos…' }).click();
  await add(studio, [photo, letter, await disc(120, 90), await disc(300, 200)]);
  await expect(
    many(studio).getByText('Each photo is restyled as the page is set now: fire.png, AdaIN 100 %.'),
  ).toBeVisible();
  await many(studio).getByRole('radio', { name: 'PNG' }).check({ force: true });
  await many(studio).getByRole('button', { name: 'Restyle 4 photos' }).click();
  await expect(restyled(studio)).toHaveCount(3);
  await expect(many(studio).getByText('“letter.jpg” is not a picture')).toBeVisible();
  await expect(many(studio).getByRole('button', { name: 'Try 1 photo again' })).toBeVisible();

  const save = many(studio).getByRole('button', { name: 'Save 3 pictures as a ZIP' });
  await expect(save).toHaveClass(/primary/);
  await accessible(studio.page, 'many photos');

  const [download] = await Promise.all([studio.page.waitForEvent('download'), save.click()]);
  expect(download.suggestedFilename()).toBe('3-pictures-fire.zip');
  const files = await unzipped(download);
  expect([...files.keys()]).toEqual(['dust-bowl-home-fire.png', 'disc-fire.png', 'disc-fire-2.png']);
  const [first = Buffer.alloc(0), , third = Buffer.alloc(0)] = [...files.values()];
  expect(await difference(first, alone)).toBe(0); // as one by one
  expect(await sharp(third).metadata()).toMatchObject({ width: 300, height: 200, format: 'png' });
  await studio.page.keyboard.press('Escape');
  const chip = studio.page.getByRole('button', { name: 'Many photos: 3 done, 1 failed' });
  await chip.click();
  await studio.page.keyboard.press('Escape');
  await expect(chip).toBeFocused();
});

test('another style makes them anew; the earlier ones stay until then', async ({ studio }) => {
  await studio.openWith(await photograph('allium-oreophilum'));
  await studio.openStyle(await fire());
  await studio.finished();
  await add(studio, [await disc(), await bands()]);
  await many(studio).getByRole('button', { name: 'Restyle 2 photos' }).click();
  await expect(restyled(studio)).toHaveCount(2);
  await studio.page.keyboard.press('Escape');
  await expect(many(studio)).toBeHidden();
  await studio.openStyle(await ice());
  await studio.finished();
  await studio.page.getByRole('button', { name: 'Many photos: 2 of 2' }).click();
  await expect(many(studio).getByText('Made with fire.png, AdaIN 100 %')).toHaveCount(2);
  const saves = many(studio).getByRole('button', { name: 'Save 2 pictures as a ZIP' });
  await many(studio).getByRole('button', { name: 'Restyle 2 photos' }).click();
  await expect(many(studio).getByRole('button', { name: 'Replace 2 pictures without saving' })).toBeFocused(); // asks again
  const place = await saves.boundingBox();
  await saves.focus();
  const [earlier] = await Promise.all([
    studio.page.waitForEvent('download'),
    studio.page.keyboard.press('Enter'),
  ]);
  expect(earlier.suggestedFilename()).toBe('2-pictures-fire.zip');
  await expect(many(studio).getByText('Saved', { exact: true })).toBeVisible();
  await expect(saves).toBeFocused();
  expect(await saves.boundingBox()).toMatchObject({ x: place?.x, y: place?.y }); // a second click must not restyle
  await many(studio).getByRole('button', { name: 'Restyle 2 photos' }).click(); // nothing is lost now
  await expect(many(studio).getByText('Made with fire.png, AdaIN 100 %')).toHaveCount(0);
  await expect(many(studio).getByRole('button', { name: 'Clear the list' })).toBeVisible(); // the run is over
  const [download] = await Promise.all([
    studio.page.waitForEvent('download'),
    many(studio).getByRole('button', { name: 'Save 2 pictures as a ZIP' }).click(),
  ]);
  await expect(many(studio).getByText('Saved', { exact: true })).toBeVisible();
  const files = await unzipped(download);
  expect([...files.keys()]).toEqual(['disc-ice.jpg', 'bands-ice.jpg']);
  for (const file of files.values()) {
    const [red, , blue] = meanColour(await raw(file));
    expect(blue).toBeGreaterThan(red);
  }
});

test('Stop keeps what is finished; the rest goes on in the background, behind the picture on the page', async ({
  studio,
}) => {
  await studio.openWith(await photograph('allium-oreophilum'));
  await add(studio, [await disc(60, 60), await disc(1600, 1200), await bands(1600, 1200)]); // some seconds each
  await many(studio).getByRole('radio', { name: 'Photo’s size' }).check({ force: true });
  await many(studio).getByRole('button', { name: 'Restyle 3 photos' }).click();
  await expect(restyled(studio)).toHaveCount(1);
  await many(studio).getByRole('button', { name: 'Stop' }).click();
  await expect(many(studio).getByRole('button', { name: /^Restyle [12] of 3 photos$/ })).toBeVisible();
  await expect(restyled(studio).first()).toBeVisible();

  await many(studio)
    .getByRole('button', { name: /^Restyle [12] of 3 photos$/ })
    .click();
  await studio.page.keyboard.press('Escape');
  await studio.setNumber('Strength', 40);
  await studio.finished();
  await expect(studio.page.getByRole('button', { name: 'Many photos: 3 of 3' })).toBeVisible();
  await expect(studio.photo).toHaveAccessibleName('Photo: allium-oreophilum.png');
});

test('three photos dropped on the photo are a list; on the styles they are one style', async ({ studio }) => {
  await studio.openWith(await photograph('allium-oreophilum'));
  const drop = async (target: string): Promise<void> => {
    const files = await Promise.all(
      ['a', 'b', 'c'].map(async (name) => [`${name}.png`, [...(await disc(64, 64)).buffer]] as const),
    );
    const transfer = await studio.page.evaluateHandle((all) => {
      const data = new DataTransfer();
      for (const [name, bytes] of all) {
        data.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/png' }));
      }
      return data;
    }, files);
    await studio.page.dispatchEvent(target, 'drop', { dataTransfer: transfer });
  };
  await drop('.viewer');
  await expect(many(studio).getByText('Waits')).toHaveCount(3);
  await many(studio).getByRole('button', { name: 'Take b.png out' }).click();
  await expect(many(studio).getByText('Waits')).toHaveCount(2);
  await many(studio).getByRole('button', { name: 'Clear the list' }).click(); // nothing is there to be lost
  await expect(many(studio).getByText('Waits')).toHaveCount(0);
  await studio.page.keyboard.press('Escape');
  await drop('.strip');
  await expect(studio.page.getByRole('dialog', { name: 'One style of many pictures' })).toBeVisible();
});
