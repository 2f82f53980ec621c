import { difference, fire, ice, meanColour, photograph, raw } from './pages/pictures';
import { expect, test } from './pages/test';
import type { Studio } from './pages/studio';

async function blendIn(studio: Studio, name: RegExp): Promise<void> {
  await studio.controls.getByRole('button', { name: /another style/i }).click();
  await studio.page.getByRole('dialog').getByRole('radio', { name }).first().click();
  await expect(studio.page.getByRole('dialog')).toHaveCount(0);
  await studio.finished();
}

test('two styles share one slider; its ends are the styles alone', async ({ studio }) => {
  await studio.openWith(await photograph('allium-oreophilum'));
  await studio.openStyle(await ice());
  await studio.finished();
  const cold = (await studio.save()).file;
  await studio.openStyle(await fire());
  await studio.finished();
  const hot = (await studio.save()).file;
  await blendIn(studio, /ice\.png/);
  const slider = studio.page.getByRole('slider', { name: 'From fire.png to ice.png' });
  await expect(slider).toHaveAttribute('aria-valuetext', '50 % ice.png');
  const middle = (await studio.save()).file;
  await slider.press('End');
  await studio.finished();
  expect(await difference((await studio.save()).file, cold)).toBeLessThan(1);
  await slider.press('Home');
  await studio.finished();
  expect(await difference((await studio.save()).file, hot)).toBeLessThan(1);
  const red = async (file: Buffer): Promise<number> => meanColour(await raw(file))[0];
  expect(await red(middle)).toBeLessThan(await red(hot));
  expect(await red(middle)).toBeGreaterThan(await red(cold));
});

test('three styles have three sliders that add up to 100 %, in every norm', async ({ studio }) => {
  await studio.openWith(await photograph('allium-oreophilum'));
  await blendIn(studio, /Klimt/);
  await blendIn(studio, /Roerich/);
  const blend = studio.controls.getByRole('region', { name: 'Blend' });
  const shares = () =>
    blend
      .getByRole('textbox')
      .evaluateAll((boxes) => boxes.map((box) => Number((box as HTMLInputElement).value)));
  expect((await shares()).reduce((a, b) => a + b, 0)).toBe(100);
  await studio.setNumber('Gustav Klimt', 60);
  await studio.finished();
  expect(await shares()).toEqual([20, 60, 20]);
  const tiles = studio.styles.getByRole('radio', { name: /% of the blend$/ });
  await expect(tiles).toContainText(['20 % of the blend', '60 % of the blend', '20 % of the blend']);
  let before = (await studio.save()).file;
  for (const norm of ['WCT', 'DIN'] as const) {
    await studio.choose(norm);
    await studio.finished();
    const now = (await studio.save()).file;
    expect(await difference(now, before)).toBeGreaterThan(0.5);
    before = now;
  }
  await blend.getByRole('button', { name: 'Take Gustav Klimt out of the blend' }).click();
  await expect(studio.page.getByRole('slider', { name: /^From .* to Nicholas Roerich$/ })).toBeVisible();
  await expect(tiles).toHaveCount(2);
  await studio.finished();
});

test('the picture follows the blend’s slider while it is dragged', async ({ studio }) => {
  await studio.openWith(await photograph('allium-oreophilum'));
  await studio.openStyle(await fire());
  await blendIn(studio, /Klimt/);
  const digest = () =>
    studio.result.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL('image/png').slice(-200));
  const before = await digest();
  const thumb = await studio.page.getByRole('slider', { name: /^From / }).boundingBox();
  if (!thumb) throw new Error('the slider is not on screen');
  const [x, y] = [thumb.x + thumb.width / 2, thumb.y + thumb.height / 2];
  await studio.page.mouse.move(x, y);
  await studio.page.mouse.down();
  for (let step = 1; step <= 8; step++) await studio.page.mouse.move(x - step * 12, y);
  await expect.poll(digest).not.toBe(before); // still held
  await studio.page.mouse.up();
  await studio.finished();
});

test('two norms are mixed, and the strength can count the same change for every style', async ({
  studio,
}) => {
  await studio.openWith(await photograph('allium-oreophilum'));
  const plain = (await studio.save()).file;
  await studio.controls.getByText('Advanced').click();
  await studio.controls.getByRole('combobox', { name: 'Mix with' }).selectOption('WCT');
  await studio.setNumber('Share of WCT', 50);
  await studio.finished();
  const mixed = (await studio.save()).file;
  expect(await difference(mixed, plain)).toBeGreaterThan(0.2);
  await studio.setNumber('Share of WCT', 0);
  await studio.finished();
  await studio.controls.getByRole('switch', { name: 'Same change for every style' }).click();
  await studio.setNumber('Strength', 30);
  const changes: string[] = [];
  for (const painter of [/Klimt/, /Roerich/]) {
    await studio.styles.getByRole('radio', { name: painter }).first().click();
    await studio.finished();
    const words = await studio.controls.getByText(/This picture: /).textContent();
    changes.push(/([\d.]+) spreads/.exec(words ?? '')?.[1] ?? '');
  }
  expect(changes[0]).toMatch(/^0\.2\d$/); // 30 % of 0.8
  expect(Math.abs(Number(changes[0]) - Number(changes[1]))).toBeLessThan(0.02);
});
