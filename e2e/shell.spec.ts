import { gzipSync } from 'node:zlib';
import { expect, test } from './pages/test';

/** Gzipped bytes before the engine, kB. */
const MOST = 200;

test(`the JavaScript before the engine is under ${MOST} kB gzipped`, async ({ request, studio }) => {
  const html = await (await request.get('/')).text();
  const first = [...html.matchAll(/(?:src|href)="\.?\/?([^"]+\.js)"/g)].map(([, path = '']) => path);
  const sizes = new Map<string, number>();
  const read = async (path: string): Promise<void> => {
    if (sizes.has(path)) return;
    sizes.set(path, 0);
    const code = await (await request.get(`/${path}`)).text();
    sizes.set(path, gzipSync(code).length / 1000);
    for (const [, file = ''] of code.matchAll(/(?:^|[;\n])import[^"'()]*["']\.\/([^"']+\.js)["']/g)) {
      await read(`assets/${file}`); // what it imports at once
    }
  };
  for (const path of first) await read(path);
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  expect(total, [...sizes].map(([path, size]) => `${path} ${size.toFixed(0)} kB`).join(', ')).toBeLessThan(
    MOST,
  );
  expect(total).toBeGreaterThan(50); // it was found
  await studio.goto(); // the fixture's own checks
});

test('engine, weights and presets are asked for before the first of them has come', async ({ studio }) => {
  const asked: string[] = [];
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await studio.page.route(/\.wasm$|\/weights\/(?!manifest)/, async (route) => {
    asked.push(new URL(route.request().url()).pathname);
    await held;
    await route.continue();
  });
  await studio.goto();
  await expect
    .poll(() => asked.map((path) => path.replace(/.*\/|-[\w-]+(?=\.wasm)/g, '')).sort())
    .toEqual(expect.arrayContaining(['decoder.bin', 'encoder.bin', 'presets.json']));
  await expect.poll(() => asked.some((path) => path.endsWith('.wasm'))).toBe(true);
  release();
  await expect(studio.result).toBeVisible();
});
