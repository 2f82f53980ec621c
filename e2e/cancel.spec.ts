import { bands, disc, fire } from './pages/pictures';
import { expect, test } from './pages/test';

test('Stop answers at once and leaves the last picture', async ({ studio }) => {
  await studio.openWith(await disc(800, 600));
  const makeIt = studio.page.getByRole('button', { name: 'Make it' });
  const answeredMs: number[] = [];
  for (let turn = 0; turn < 3; turn++) {
    const answered = studio.stopNextRun('Stopped. The last picture is kept.');
    await (turn === 0 ? studio.choose('WCT') : makeIt.click());
    answeredMs.push(await answered);
  }
  expect(Math.min(...answeredMs)).toBeLessThan(200); // another test's browser may hold up one or two
  await expect(studio.result).toBeVisible();
  await makeIt.click();
  await studio.finished();
});

test('a second wish before the first ends wins', async ({ studio }) => {
  await studio.openWith(await disc());
  await studio.openPhoto(await disc(900, 700));
  await studio.openPhoto(await bands(120, 96));
  await studio.openStyle(await fire());
  await studio.finished('120 × 96');
  await expect(studio.photo).toHaveAccessibleName('Photo: bands.png');
});

test('the newest of many norms is the one shown', async ({ studio }) => {
  await studio.openWith(await disc());
  for (const norm of ['WCT', 'DIN', 'IN', 'AdaIN'] as const) await studio.choose(norm);
  await studio.finished();
  const quick = (await studio.save()).file;
  await studio.choose('IN');
  await studio.finished();
  await studio.choose('AdaIN');
  await studio.finished();
  expect((await studio.save()).file.equals(quick)).toBe(true);
});
