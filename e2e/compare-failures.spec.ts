import { disc } from './pages/pictures';
import { expect, test } from './pages/test';
import { Wall } from './pages/wall';

test('what cannot be opened is told under the panes, too', async ({ studio }) => {
  await studio.openWith(await disc(64, 64));
  const wall = new Wall(studio.page);
  await wall.open();
  await wall.finished();
  const letter = { name: 'letter.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('Dear Sir') };
  await studio.page.getByLabel('Photo file').setInputFiles(letter);
  const told = wall.region.getByRole('alert');
  await expect(told.getByText('“letter.jpg” is not a picture')).toBeVisible();
  await told.getByRole('button', { name: 'Dismiss' }).click();
  await wall.finished();
});

test('without the networks the wall says so, and Try again makes all panes', async ({
  studio,
  expectedErrors,
}) => {
  expectedErrors.push(/404/);
  const restore = await studio.without('encoder.bin');
  await studio.goto();
  const wall = new Wall(studio.page);
  await wall.open();
  const told = wall.region.getByRole('alert').last();
  await expect(told.getByText('The networks could not be loaded (encoder.bin).')).toBeVisible();
  await restore();
  await studio.openPhoto(await disc(64, 64));
  await told.getByRole('button', { name: 'Try again' }).click();
  await wall.finished();
});
