import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preview } from 'vite';
import { disc } from './pages/pictures';
import type { Studio } from './pages/studio';
import { expect, test as base } from './pages/test';
import { Wall } from './pages/wall';

interface Fixtures {
  /** The folder of a copy of the built page, served under 127.0.0.1: on localhost nothing is kept. */
  readonly site: string;
}

const test = base.extend<Fixtures>({
  site: async ({}, use) => {
    const site = await mkdtemp(join(tmpdir(), 'statistyle-'));
    await cp('dist', site, { recursive: true });
    await use(site);
    await rm(site, { recursive: true });
  },
  baseURL: async ({ site }, use) => {
    const server = await preview({ build: { outDir: site }, preview: { host: '127.0.0.1', port: 0 } });
    await use(server.resolvedUrls?.local[0]?.replace(/\/$/, ''));
    await server.close();
  },
});

const registered = (studio: Studio): Promise<boolean> =>
  studio.page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length > 0);

test('the next visit needs no connection: page, networks, painters, samples and plots are there', async ({
  studio,
}) => {
  const { page } = studio;
  await studio.openWith(await disc());
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.context().setOffline(true);
  await page.goto('/?from=a-link');
  await studio.finished('200 × 152');
  expect(await page.evaluate(() => crossOriginIsolated), 'threads need these headers').toBe(true);
  await studio.styles.getByRole('radio').last().click();
  await studio.choose('DIN');
  await studio.finished();
  const wall = new Wall(page);
  await wall.open();
  await wall.finished();
  await wall.menu('AdaIN', 'See what this norm does');
  await expect(page.getByRole('dialog').getByRole('img', { name: /^Mean of each channel/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('radio', { name: 'Single' }).check({ force: true });
  await studio.photoMenu('Allium');
  await expect(studio.photo).toHaveAccessibleName('Photo: Allium');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('nothing is kept for it before the first picture is there', async ({ studio }) => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await studio.page.route('**/weights/decoder.bin', (route) => held.then(() => route.continue()));
  await studio.goto();
  await expect(studio.photo).toBeVisible();
  await studio.page.waitForLoadState('load');
  await studio.page.waitForTimeout(1000); // registering would take less
  expect(await registered(studio)).toBe(false);
  release();
  await studio.finished();
  await expect.poll(() => registered(studio)).toBe(true);
});

base('nothing is kept on localhost', async ({ studio }) => {
  await studio.openWith(await disc());
  await studio.page.waitForTimeout(1000);
  expect(await registered(studio)).toBe(false);
});

test('a newer version is fetched beside the old one, and taken on a click, with the photo kept', async ({
  studio,
  site,
}) => {
  const { page } = studio;
  await studio.openWith(await disc());
  await page.evaluate(() => navigator.serviceWorker.ready);
  await appendFile(join(site, 'sw.js'), '// newer');
  await page.reload();
  const notice = page.getByText('A newer Statistyle is ready.');
  await expect(notice).toBeVisible();
  const waiting = (): Promise<boolean> =>
    page.evaluate(async () => !!(await navigator.serviceWorker.getRegistration())?.waiting);
  expect(await waiting()).toBe(true);
  const reloaded = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Reload' }).click();
  await reloaded;
  await studio.finished('200 × 152');
  await expect(notice).toBeHidden();
  expect(await waiting()).toBe(false);
});

test('a newer version can be taken in the page that installed the first one', async ({ studio, site }) => {
  const { page } = studio;
  await studio.openWith(await disc());
  await page.evaluate(() => navigator.serviceWorker.ready);
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull(); // it came before it
  await appendFile(join(site, 'sw.js'), '// newer');
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  const reloaded = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Reload' }).click();
  await reloaded;
  await studio.finished('200 × 152');
  expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
});
