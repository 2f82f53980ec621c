import { csvParse } from 'd3-dsv';
import sharp from 'sharp';
import { layOutWall } from '../src/pipeline/wall';
import { fitCin } from './pages/fit-cin';
import { difference, disc, fire, photograph } from './pages/pictures';
import { expect, test } from './pages/test';
import { cutUp, Wall } from './pages/wall';

const SIZE = { width: 200, height: 152 };

test('all five norms on one real photo: five pictures that differ, each with its numbers, saved as PNG and CSV', async ({
  studio,
}) => {
  await fitCin(studio.page);
  const photo = await photograph('dust-bowl-home');
  await studio.openWith(photo);
  const wall = new Wall(studio.page);
  await wall.open();
  await expect(wall.panes).toHaveCount(5);
  await wall.finished();
  expect(await wall.names()).toEqual(['AdaIN', 'WCT, groups of 64', 'DIN', 'CIN', 'IN']);
  await expect(wall.pane('IN').getByText('Ignores the style')).toBeVisible();

  const png = await wall.save(/PNG/);
  expect(png.name).toMatch(/^dust-bowl-home-.+-norms\.png$/);
  const { width, height } = await sharp(png.file).metadata();
  const layout = layOutWall(5, SIZE);
  expect([width, height]).toEqual([layout.width, layout.height]);
  const cells = await cutUp(png.file, 5, SIZE);
  for (const [i, a] of cells.entries()) {
    expect(a.darkest).toBeLessThan(90); // a label stands there
    for (const b of cells.slice(i + 1)) expect(await difference(a.picture, b.picture)).toBeGreaterThan(1);
  }
  const sixth = (await cutUp(png.file, 6, SIZE)).at(-1)?.picture;
  expect(await difference(sixth ?? Buffer.alloc(0), photo.buffer)).toBeLessThan(1);

  const csv = await wall.save(/CSV/);
  const rows = csvParse(csv.file.toString());
  expect(rows.map((row) => row['norm'])).toEqual(['AdaIN', 'WCT', 'DIN', 'CIN', 'IN']);
  const shown = await wall.numbers('Style distance');
  rows.forEach((row, i) => {
    expect(Number(row['style distance']) / (shown[i] ?? NaN)).toBeCloseTo(1, 1); // shown rounded
  });
  expect(rows[0]).toMatchObject({ width: '200', height: '152', backend: 'wasm' });
});

test('a style of one’s own: CIN says why it cannot be used, and the others are there', async ({ studio }) => {
  await fitCin(studio.page);
  await studio.openWith(await disc(64, 64));
  const wall = new Wall(studio.page);
  await wall.open();
  await studio.openStyle(await fire());
  await wall.finished();
  await expect(wall.pane('CIN').getByText(/^Knows only the painters/)).toBeVisible();
  await expect(wall.pane('CIN').getByRole('img')).toHaveCount(0);
  await expect(wall.region.getByRole('img', { name: /^Result/ })).toHaveCount(4);
});

test('panes are sorted by any number, from the bar and from the note that defines it', async ({ studio }) => {
  await studio.openWith(await disc(64, 64));
  const wall = new Wall(studio.page);
  await wall.open();
  await wall.finished();
  for (const name of ['Style distance', 'Content distance', 'Parameters']) {
    await wall.region.getByRole('combobox', { name: 'Order' }).selectOption(name);
    const numbers = await wall.numbers(name);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  }
  await wall.region.getByRole('combobox', { name: 'Order' }).selectOption('As placed');
  await wall
    .pane('AdaIN')
    .getByRole('button', { name: /^Content distance/ })
    .click();
  const note = studio.page.getByRole('dialog');
  await expect(note.getByRole('heading', { name: 'Content distance' })).toBeVisible();
  await expect(note.locator('math')).toContainText('photo');
  await note.getByRole('button', { name: 'Sort by this' }).click();
  const numbers = await wall.numbers('Content distance');
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
});

test('a pane has settings of its own, live; they can be copied, and the pane can become the main picture', async ({
  studio,
}) => {
  await studio.openWith(await disc(64, 64));
  const wall = new Wall(studio.page);
  await wall.open();
  await wall.finished();
  await wall.pane(/^WCT/).getByRole('slider', { name: 'Group size' }).press('ArrowLeft');
  await expect(wall.pane('WCT, groups of 32')).toBeVisible();
  await wall.pane('DIN').getByRole('combobox', { name: 'Norm' }).selectOption('AdaIN');
  await wall
    .pane('WCT, groups of 32')
    .getByRole('button', { name: /^More for/ })
    .click();
  await studio.page.getByRole('menuitem', { name: 'Copy settings to' }).press('Enter');
  await studio.page.getByRole('menuitem', { name: /^Pane 1/ }).press('Enter');
  await expect(wall.pane('WCT, groups of 32')).toHaveCount(2);
  await wall.finished();
  const names = ['WCT, groups of 32', 'WCT, groups of 32', 'AdaIN', 'CIN', 'IN'];
  expect(await wall.names()).toEqual(names);
  await wall.region.getByRole('button', { name: 'Add a pane' }).click();
  await expect(wall.panes).toHaveCount(6);
  await wall
    .pane('IN')
    .getByRole('button', { name: /^More for/ })
    .click();
  await studio.page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(wall.panes).toHaveCount(5);
  await wall.finished();
  await studio.page.keyboard.press('Control+z');
  await expect(wall.pane('IN').getByRole('img', { name: /^Result/ })).toBeVisible();
  await studio.page.keyboard.press('Control+Shift+z');
  await expect(wall.panes).toHaveCount(5);
  await wall
    .pane('WCT, groups of 32')
    .first()
    .getByRole('button', { name: /^More for/ })
    .click();
  await studio.page.getByRole('menuitem', { name: 'Use as main picture' }).click();
  await expect(studio.controls.getByRole('radio', { name: 'WCT', exact: true })).toBeChecked();
  await expect(studio.controls.getByRole('textbox', { name: 'Group size' })).toHaveValue('32');
  await studio.finished('64 × 64');
  await expect(studio.result).toBeVisible();
});

test('the wall is there again on the next visit, and on another machine by a link', async ({
  studio,
  browser,
  baseURL,
}) => {
  await studio.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await studio.openWith(await disc(64, 64));
  const wall = new Wall(studio.page);
  await wall.open();
  await wall.finished();
  await wall.pane(/^WCT/).getByRole('slider', { name: 'Group size' }).press('ArrowLeft');
  await wall.menu('DIN', 'Remove');
  await wall.finished();
  const names = await wall.names();
  expect(names).toContain('WCT, groups of 32');
  expect(names).not.toContain('DIN');
  await studio.page.getByRole('button', { name: 'Save' }).click();
  await studio.page.getByRole('menuitem', { name: 'Copy a link to this wall' }).click();
  await expect(studio.page.getByText('Link copied', { exact: true })).toBeVisible();
  const link = await studio.page.evaluate(() => navigator.clipboard.readText());

  await studio.page.reload();
  await expect(wall.panes).toHaveCount(names.length);
  await wall.finished();
  expect(await wall.names()).toEqual(names);

  const elsewhere = new Wall(await browser.newPage({ baseURL: baseURL ?? '' }));
  await elsewhere.page.goto(link);
  await expect(elsewhere.panes).toHaveCount(names.length);
  expect(await elsewhere.names()).toEqual(names);
  await elsewhere.page.close();
});

test('zoom, place and split are the same in all panes, by keys too', async ({ studio }) => {
  await studio.openWith(await photograph('allium-oreophilum'));
  const wall = new Wall(studio.page);
  await wall.open();
  await wall.finished();
  const results = wall.region.getByRole('img', { name: /^Result/ });
  const places = () => results.evaluateAll((all) => all.map((one) => one.getAttribute('style')));
  const [before] = await places();
  await wall.region.getByRole('group', { name: /^Panes/ }).focus();
  for (const key of ['+', '+', 'ArrowRight']) await studio.page.keyboard.press(key);
  await expect.poll(async () => new Set(await places()).size).toBe(1);
  expect((await places())[0]).not.toBe(before);
  await studio.page.keyboard.press('v');
  await expect(wall.region.getByRole('radio', { name: 'Split' })).toBeChecked();
  const lines = wall.region.getByRole('slider', { name: /^Split/ });
  await lines.first().focus();
  await studio.page.keyboard.press('ArrowRight');
  const at = await lines.first().getAttribute('aria-valuenow');
  expect(at).not.toBe('50');
  for (const line of await lines.all()) await expect(line).toHaveAttribute('aria-valuenow', at ?? '');
  await wall.region.getByRole('button', { name: 'Hold for the original' }).dispatchEvent('pointerdown');
  await expect(results).toHaveCount(0);
  for (const key of ['b', 'Shift+S']) await studio.page.keyboard.press(key); // of the one picture, which is not shown
  await wall.close();
  await expect(studio.page.getByRole('button', { name: 'Paint regions' })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
  await expect(studio.controls.getByRole('textbox', { name: 'Strength' })).toHaveValue('100');
});

test('Stop stops all panes; Continue makes what is missing; another style makes all of them anew', async ({
  studio,
}) => {
  await studio.openWith(await disc(480, 360)); // large enough for its panes to be stopped in time
  const wall = new Wall(studio.page);
  const stopped = studio.stopNextRun('Stopped. What is finished stays.');
  await wall.open();
  await stopped;
  await wall.region.getByRole('button', { name: 'Continue' }).click();
  await wall.finished();
  await studio.openStyle(await fire());
  await expect(wall.region.getByText('in the style of fire.png')).toBeVisible();
});

test('what a norm does is drawn, before and after the decoder', async ({ studio }) => {
  await studio.openWith(await photograph('dust-bowl-home'));
  const wall = new Wall(studio.page);
  await wall.open();
  await wall.finished();
  await wall.menu('AdaIN', 'See what this norm does');
  const dialog = studio.page.getByRole('dialog', { name: 'What AdaIN does' });
  const means = dialog.getByRole('img', { name: /^Mean of each channel/ });
  await expect(means).toHaveAccessibleName(/distance (?!0\.000)[\d.]+ before, 0\.000 after/); // its defining property
  await expect(means.locator('circle')).toHaveCount(2 * 64);
  await expect(dialog.getByRole('img', { name: /^Correlations/ })).toHaveCount(3);
  await dialog.getByRole('radio', { name: 'In the picture' }).check({ force: true });
  await expect(means).not.toHaveAccessibleName(/ 0\.000 after/);
  await studio.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
