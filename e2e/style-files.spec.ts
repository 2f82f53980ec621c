import { readFile } from 'node:fs/promises';
import { difference, fire, ice, meanColour, photograph, picture, raw, type TestFile } from './pages/pictures';
import { Studio } from './pages/studio';
import { expect, test } from './pages/test';

async function saved(studio: Studio, item: string): Promise<TestFile> {
  await studio.page.getByRole('button', { name: 'Save' }).click();
  const [download] = await Promise.all([
    studio.page.waitForEvent('download'),
    studio.page.getByRole('menuitem', { name: item }).click(),
  ]);
  const buffer = await readFile(await download.path());
  return { name: download.suggestedFilename(), mimeType: 'application/json', buffer };
}

const load = (studio: Studio, file: TestFile) =>
  studio.page.getByLabel('Style or record file').setInputFiles(file);

test('a style travels as its statistics, without the picture', async ({ studio, browser, baseURL }) => {
  await studio.openWith(await photograph('allium-oreophilum'));
  await studio.openStyle(await fire());
  await studio.finished();
  const original = (await studio.save()).file;
  const file = await saved(studio, 'Style file');
  expect(file.name).toBe('fire.style.json');
  expect(file.buffer.length).toBeLessThan(7_000);

  const elsewhere = await browser.newPage({ baseURL: baseURL ?? '' }); // another browser profile
  const other = new Studio(elsewhere);
  await other.openWith(await photograph('allium-oreophilum'));
  await load(other, file);
  await expect(other.styles.getByRole('radio', { name: /fire\.png/ })).toBeChecked();
  await other.finished();
  expect(await difference((await other.save()).file, original)).toBeLessThan(1.5); // float16
  await elsewhere.close();
});

test('a foreign, a newer and a damaged file get a sentence', async ({ studio }) => {
  await studio.openWith(await photograph('allium-oreophilum'));
  const file = (text: string): TestFile => ({
    name: 'x.json',
    mimeType: 'application/json',
    buffer: Buffer.from(text),
  });
  const alert = studio.viewer.getByRole('alert');
  await load(studio, file('{"hello":1}'));
  await expect(alert).toContainText('“x.json” is not a file that Statistyle saved.');
  await load(studio, file('{"format":"statistyle-style/9"}'));
  await expect(alert).toContainText('newer');
  await load(studio, file('{"format":"statistyle-style/3","styles":[]}'));
  await expect(alert).toContainText('damaged');
  await load(studio, file('{"format":"statistyle-style/2","styles":[]}'));
  await expect(alert).toContainText('other networks');
  await load(studio, file('{"format":"statistyle-record/1"}'));
  await expect(alert).toContainText('damaged');
  await alert.getByRole('button', { name: 'Dismiss' }).click();
  await studio.finished();
});

test('the record of a result brings back how it was made', async ({ studio }) => {
  await studio.openWith(await photograph('allium-oreophilum'));
  await studio.styles.getByRole('radio', { name: /Klimt/ }).first().click();
  await studio.choose('WCT');
  await studio.setNumber('Strength', 70);
  await studio.finished();
  const original = (await studio.save()).file;
  const record = await saved(studio, 'Record of how it was made');
  expect(JSON.parse(record.buffer.toString())).toMatchObject({ photo: { name: 'allium-oreophilum.png' } });
  await studio.choose('AdaIN');
  await studio.styles
    .getByRole('radio', { name: /Roerich/ })
    .first()
    .click();
  await studio.finished();
  await load(studio, record);
  await expect(studio.styles.getByRole('radio', { name: /Klimt/ }).first()).toBeChecked();
  await studio.finished();
  expect(await difference((await studio.save()).file, original)).toBe(0);
});

test('a link restores settings and painters on another machine, and no picture', async ({
  studio,
  browser,
  baseURL,
}) => {
  await studio.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await studio.openWith(await photograph('allium-oreophilum'));
  await studio.styles.getByRole('radio', { name: /Klimt/ }).first().click();
  await studio.setNumber('Strength', 40);
  await studio.finished();
  await studio.page.getByRole('button', { name: 'Save' }).click();
  await studio.page.getByRole('menuitem', { name: 'Copy a link to this set-up' }).click();
  await expect(studio.page.getByText('Link copied', { exact: true })).toBeVisible();
  const link = await studio.page.evaluate(() => navigator.clipboard.readText());
  const elsewhere = await browser.newPage({ baseURL: baseURL ?? '' });
  await elsewhere.goto(link);
  const other = new Studio(elsewhere);
  await other.finished();
  await expect(other.strength).toHaveAttribute('aria-valuetext', '40 %');
  await expect(other.styles.getByRole('radio', { name: /Klimt/ }).first()).toBeChecked();
  await elsewhere.goto('about:blank'); // opened anew, not in the page that is there
  await elsewhere.goto('/#s1=broken');
  await expect(other.viewer.getByRole('alert')).toContainText('The link');
  await elsewhere.close();
});

test('many pictures become one style; those unlike the others are named', async ({ studio }) => {
  await studio.openWith(await photograph('allium-oreophilum'));
  const warm = async (k: number): Promise<TestFile> => ({ ...(await fire()), name: `warm-${k}.png` });
  const broken: TestFile = { name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no picture') };
  const odd = await picture('odd.png', 160, 160, (x, y) =>
    ((x >> 3) + (y >> 3)) % 2 ? [0, 0, 0] : [90, 160, 255],
  );
  const files = [await warm(1), await warm(2), await warm(3), await warm(4), odd, broken];
  await studio.page.getByLabel('Pictures of one style').setInputFiles(files);
  const dialog = studio.page.getByRole('dialog', { name: 'One style of many pictures' });
  await expect(dialog.getByText('Unlike the others: odd.png.')).toBeVisible();
  await expect(dialog.getByText('Not readable as pictures: broken.png.')).toBeVisible();
  await dialog.getByRole('radio', { name: /The most typical one: warm-/ }).click();
  await dialog.getByRole('button', { name: 'Use as the style' }).click();
  await expect(studio.styles.getByRole('radio', { name: /warm-/ })).toBeChecked();
  await studio.finished();
  const [red, , blue] = meanColour(await raw((await studio.save()).file));
  expect(red).toBeGreaterThan(blue);
});

test('a set can be cancelled while it is read', async ({ studio }) => {
  await studio.openWith(await photograph('allium-oreophilum'));
  const many = await Promise.all(
    Array.from({ length: 60 }, async (_, k) => ({ ...(await ice()), name: `${k}.png` })),
  );
  await studio.page.getByLabel('Pictures of one style').setInputFiles(many);
  const dialog = studio.page.getByRole('dialog', { name: 'One style of many pictures' });
  await expect(dialog.getByText(/Reading 60 pictures/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toHaveCount(0);
  await studio.setNumber('Strength', 50);
  await studio.finished();
});
