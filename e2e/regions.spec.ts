import { photograph, picture, raw } from './pages/pictures';
import { expect, test } from './pages/test';
import type { Studio } from './pages/studio';

const done = (studio: Studio) => studio.page.getByRole('button', { name: 'Done' }).click();
const brush = (studio: Studio) => studio.page.getByRole('application', { name: /^Painting/ });
const tool = (studio: Studio, name: string) =>
  studio.page.getByRole('complementary', { name: 'Painting' }).getByRole('button', { name });

/** Mean difference from the photo in the left and the right third, and in the top row. */
async function changed(studio: Studio, photo: Buffer): Promise<{ left: number; right: number; top: number }> {
  const [a, b] = [await raw((await studio.save()).file), await raw(photo)];
  const within = (from: number, width: number, height: number): number => {
    let [sum, count] = [0, 0];
    for (let y = 0; y < height; y++) {
      for (let x = from; x < from + width; x++, count++) {
        for (let c = 0; c < 3; c++)
          sum += Math.abs(
            (a.data[(y * a.width + x) * a.channels + c] ?? 0) -
              (b.data[(y * b.width + x) * b.channels + c] ?? 0),
          );
      }
    }
    return sum / count / 3;
  };
  const third = a.width / 3;
  return {
    left: within(0, third, a.height),
    right: within(Math.floor(2 * third), third, a.height),
    top: within(0, a.width, 1),
  };
}

/** Does something to the mask, and waits for the picture of it. */
async function painted(studio: Studio, act: () => Promise<void>): Promise<void> {
  const digest = () =>
    studio.viewer
      .getByRole('img')
      .first()
      .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL('image/png').slice(-300));
  const before = await digest();
  await act();
  await expect.poll(digest).not.toBe(before);
  await studio.finished();
}

async function stroke(studio: Studio, from: number, to: number): Promise<void> {
  const box = await brush(studio).boundingBox();
  if (!box) throw new Error('there is nothing to paint on');
  const { mouse } = studio.page;
  await mouse.move(box.x + from * box.width, box.y + box.height / 2);
  await mouse.down();
  for (let step = 0; step <= 5; step++) {
    await mouse.move(box.x + (from + ((to - from) * step) / 5) * box.width, box.y + box.height / 2);
  }
  await mouse.up();
}

test('what is painted takes the style, what is not stays the photo, exactly', async ({ studio }) => {
  const photo = await photograph('dust-bowl-home');
  await studio.openWith(photo);
  await studio.page.getByRole('button', { name: 'Paint regions' }).click();
  await painted(studio, () => stroke(studio, 0.05, 0.25));
  const { left, right } = await changed(studio, photo.buffer);
  expect(left).toBeGreaterThan(1);
  expect(right).toBe(0);
});

test('the restyled pixels follow the brush, before it is lifted; the rest stays the photo', async ({
  studio,
}) => {
  await studio.openWith(await photograph('dust-bowl-home'));
  await studio.page.getByRole('button', { name: 'Paint regions' }).click();
  await expect(brush(studio)).toHaveAttribute('data-inked', 'true');
  const box = await brush(studio).boundingBox();
  if (!box) throw new Error('there is nothing to paint on');
  const { mouse } = studio.page;
  const view = () =>
    studio.page.screenshot({ clip: { ...box, x: box.x + box.width / 2, width: box.width / 2 } });
  await mouse.move(box.x + 5, box.y + 5);
  const before = await raw(await view());
  await mouse.move(box.x + 0.6 * box.width, box.y + box.height / 2);
  await mouse.down();
  await mouse.move(box.x + 0.75 * box.width, box.y + box.height / 2, { steps: 4 });
  const during = await raw(await view());
  await mouse.up();
  let [middle, corner] = [0, 0];
  const { width, height, channels } = before;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * channels;
      const moved = Math.abs((before.data[at] ?? 0) - (during.data[at] ?? 0));
      const inside = Math.abs(y - height / 2) < 12 && Math.abs(x - 0.3 * width) < 12;
      if (inside) middle = Math.max(middle, moved);
      if (y < height / 4) corner = Math.max(corner, moved);
    }
  }
  expect(middle).toBeGreaterThan(12);
  expect(corner).toBe(0);
});

test('dabs in quick succession all stay', async ({ studio }) => {
  const photo = await photograph('dust-bowl-home');
  await studio.openWith(photo);
  await studio.page.getByRole('button', { name: 'Paint regions' }).click();
  await expect(brush(studio)).toHaveAttribute('data-inked', 'true');
  const box = await brush(studio).boundingBox();
  if (!box) throw new Error('there is nothing to paint on');
  for (const share of [0.15, 0.5, 0.85]) {
    await studio.page.mouse.click(box.x + share * box.width, box.y + box.height / 2);
  }
  await studio.page.getByRole('button', { name: 'Done' }).click();
  await expect
    .poll(async () => {
      const { left, right, top } = await changed(studio, photo.buffer);
      return { left: left > 0.2, right: right > 0.2, top };
    })
    .toEqual({ left: true, right: true, top: 0 });
});

test('the style chosen for the only region stays when the region is removed', async ({ studio }) => {
  await studio.openWith(await photograph('dust-bowl-home'));
  await studio.page.getByRole('button', { name: 'Paint regions' }).click();
  await painted(studio, () => stroke(studio, 0.05, 0.25));
  await done(studio);
  await studio.styles.getByRole('radio', { name: /Klimt/ }).first().click();
  await studio.finished();
  await studio.page.getByRole('button', { name: 'Remove the region' }).click();
  await expect(studio.styles.getByRole('radio', { name: /Klimt/ }).first()).toBeChecked();
  await studio.finished();
});

test('inverted, erased, filled and cleared', async ({ studio }) => {
  const photo = await photograph('dust-bowl-home');
  await studio.openWith(photo);
  await studio.page.getByRole('button', { name: 'Paint regions' }).click();
  await painted(studio, () => tool(studio, 'Fill').click());
  const full = await changed(studio, photo.buffer);
  expect(Math.min(full.left, full.right)).toBeGreaterThan(1);
  await studio.page.getByRole('radio', { name: 'Erase' }).click();
  await painted(studio, () => stroke(studio, 0.1, 0.2));
  const erased = await changed(studio, photo.buffer);
  expect(erased.left).toBeLessThan(full.left);
  await painted(studio, () => tool(studio, 'Invert').click());
  const inverted = await changed(studio, photo.buffer);
  expect(inverted.right).toBeLessThan(0.5);
  expect(inverted.left).toBeGreaterThan(0);
  await painted(studio, () => tool(studio, 'Clear').click());
  expect(await changed(studio, photo.buffer)).toEqual({ left: 0, right: 0, top: 0 });
});

test('two regions, each with a style of its own, over a style for the rest; a mask from a file', async ({
  studio,
}) => {
  const photo = await photograph('dust-bowl-home');
  await studio.openWith(photo);
  await studio.page.getByRole('button', { name: 'Paint regions' }).click();
  const half = (left: boolean) =>
    picture('mask.png', 40, 30, (x) => (x < 20 === left ? [255, 255, 255] : [0, 0, 0]));
  const leftMask = await half(true);
  await painted(studio, () => studio.page.getByLabel('Mask file').setInputFiles(leftMask));
  const one = await changed(studio, photo.buffer);
  expect(one.left).toBeGreaterThan(1);
  expect(one.right).toBe(0);
  await studio.page.getByRole('button', { name: 'Another region' }).click();
  await studio.styles
    .getByRole('radio', { name: /Roerich/ })
    .first()
    .click();
  const rightMask = await half(false);
  await painted(studio, () => studio.page.getByLabel('Mask file').setInputFiles(rightMask));
  const two = await changed(studio, photo.buffer);
  expect(Math.abs(two.left - one.left)).toBeLessThan(0.5); // they meet in the middle
  expect(two.right).toBeGreaterThan(1);
  await expect(studio.page.getByRole('radio', { name: /Region 2.*Roerich/ })).toBeChecked();
  await tool(studio, 'Remove this region').click();
  await studio.page.getByRole('radio', { name: 'The chosen style' }).click();
  await studio.finished();
  expect((await changed(studio, photo.buffer)).right).toBeGreaterThan(1);
  await done(studio);
  await expect(studio.controls).toBeVisible();
});

test('keys paint too: arrows move the brush, Space paints, Escape ends; undo takes the stroke back', async ({
  studio,
}) => {
  const photo = await photograph('dust-bowl-home');
  await studio.openWith(photo);
  await studio.page.keyboard.press('b');
  await brush(studio).focus();
  for (let step = 0; step < 4; step++) await studio.page.keyboard.press('Shift+ArrowLeft');
  await studio.page.keyboard.press('Space');
  await studio.finished();
  await expect.poll(async () => (await changed(studio, photo.buffer)).left).toBeGreaterThan(0.2);
  expect((await changed(studio, photo.buffer)).right).toBe(0);
  await brush(studio).focus();
  await studio.page.keyboard.press('Escape');
  await expect(studio.controls).toBeVisible();
  await studio.page.keyboard.press('Control+z');
  await studio.finished();
  await expect.poll(async () => (await changed(studio, photo.buffer)).right).toBeGreaterThan(1);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('a finger paints, and the page stays where it is', async ({ studio }) => {
    const photo = await photograph('dust-bowl-home');
    await studio.openWith(photo);
    await studio.page.getByRole('button', { name: 'Paint regions' }).tap();
    const box = await brush(studio).boundingBox();
    if (!box) throw new Error('there is nothing to paint on');
    const session = await studio.page.context().newCDPSession(studio.page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints:
          type === 'touchEnd' ? [] : [{ x: box.x + x * box.width, y: box.y + box.height / 2, id: 0 }],
      });
    await painted(studio, async () => {
      await touch('touchStart', 0.05);
      for (const x of [0.1, 0.15, 0.2, 0.25]) await touch('touchMove', x);
      await touch('touchEnd');
    });
    const { left, right } = await changed(studio, photo.buffer);
    expect(left).toBeGreaterThan(1);
    expect(right).toBe(0);
    expect(await studio.page.evaluate(() => scrollY)).toBe(0);
  });
});
