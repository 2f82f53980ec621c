import { difference, fire, meanColour, picture, raw } from './pages/pictures';
import { expect, test } from './pages/test';

/** A green photo with shapes. */
const meadow = () =>
  picture('meadow.png', 200, 152, (x, y) => [60 + ((x * 7 + y * 3) % 40), y % 50 < 25 ? 150 : 90, 50]);

test('colours come with the style, stay the photo’s, or are all that changes', async ({ studio }) => {
  const photo = await meadow();
  await studio.openWith(photo);
  await studio.openStyle(await fire());
  await studio.finished();
  const made = new Map<string, Buffer>();
  for (const mode of ['Style', 'Photo', 'Hues', 'Only']) {
    await studio.controls
      .getByRole('radiogroup', { name: 'Colours' })
      .getByRole('radio', { name: mode })
      .click();
    await studio.finished();
    made.set(mode, (await studio.save()).file);
  }
  const greenness = async (file: Buffer): Promise<number> => {
    const [red, green] = meanColour(await raw(file));
    return green - red;
  };
  const of = (mode: string): Buffer => made.get(mode) ?? photo.buffer;
  expect(await greenness(photo.buffer)).toBeGreaterThan(0);
  expect(await greenness(of('Style'))).toBeLessThan(0);
  expect(await greenness(of('Photo'))).toBeGreaterThan(await greenness(of('Style')));
  expect(await greenness(of('Hues'))).toBeGreaterThan(0);
  expect(await greenness(of('Only'))).toBeLessThan(0);
  expect(await difference(of('Only'), of('Style'))).toBeGreaterThan(1);
});
