/**
 * How fast the page is, in Chromium on wasm: `npm run build && npx tsx scripts/measure-page.ts [--runs 5]`.
 * Prints medians: from navigation to the first stylised sample (draft and full size), cold (a new profile)
 * and cached (the same profile again), and the bytes fetched before the draft; and what a frame costs while
 * strength or blend change: at 512 px, and as the page shows it under a moving slider. `--frames` measures the
 * frames alone.
 * Chromium is CHROMIUM_PATH, else /usr/bin/chromium.
 */
import { chromium, type BrowserContext, type Page } from 'playwright';
import { preview } from 'vite';
import { bytesUntil, firstPicture, type Bytes, type Moments } from '../e2e/pages/first-picture';
import { median, option } from './measured';

const RUNS = Number(option('--runs', '5'));
const FRAMES_ONLY = process.argv.includes('--frames');
const PORT = 4187;

const say = (what: string, values: readonly number[]): void =>
  console.log(
    `${what}: median ${median(values).toFixed(0)} ms (${values.map((ms) => ms.toFixed(0)).join(', ')})`,
  );

/** Opens the page; what it takes until the engine runs, a draft is on screen, and the full size is. */
async function visit(context: BrowserContext): Promise<readonly [Page, Moments]> {
  const page = await context.newPage();
  await page.goto(`http://localhost:${PORT}/?backend=wasm`, { waitUntil: 'commit' });
  return [page, await firstPicture(page)];
}

/** Milliseconds between pictures on the result's canvas while the thumb is moved for some seconds. */
async function dragged(page: Page, slider: RegExp): Promise<readonly number[]> {
  const thumb = await page.getByRole('slider', { name: slider }).boundingBox();
  if (!thumb) throw new Error(`${slider} is not on screen`);
  await page.evaluate(() => {
    const shown: number[] = ((globalThis as unknown as { shown: number[] }).shown = []);
    const draw = CanvasRenderingContext2D.prototype.drawImage;
    CanvasRenderingContext2D.prototype.drawImage = function (...args: unknown[]) {
      if (this.canvas.ariaLabel?.startsWith('Result')) shown.push(performance.now());
      Reflect.apply(draw, this, args);
    };
  });
  const y = thumb.y + thumb.height / 2;
  await page.mouse.move(thumb.x, y);
  await page.mouse.down();
  for (let step = 0; step < 240; step++) await page.mouse.move(thumb.x - 20 - (step % 120), y, { steps: 2 });
  const shown = await page.evaluate(() => (globalThis as unknown as { shown: number[] }).shown);
  console.log(`  while dragging the page shows: ${await page.locator('.status-words').innerText()}`);
  await page.mouse.up();
  return shown.slice(2).map((at, i) => at - (shown[i + 1] ?? at)); // the first reads the photo
}

/** Milliseconds of pictures at the full working size, one value after another by arrow key. */
async function stepped(page: Page, slider: RegExp): Promise<readonly number[]> {
  const took: number[] = [];
  const thumb = page.getByRole('slider', { name: slider });
  for (let step = 0; step <= RUNS; step++) {
    await thumb.focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'attached' });
    await page.getByText(/^\d+ × \d+ px, /).waitFor();
    const [, ms = '', unit] =
      /px, ([\d.]+) (ms|s)/.exec(await page.locator('.status-words').innerText()) ?? [];
    took.push(Number(ms) * (unit === 's' ? 1000 : 1));
  }
  return took.slice(1); // the first also paints the photo itself, once
}

const server = await preview({ logLevel: 'warn', preview: { port: PORT, strictPort: true } });
const NAMES = { engine: 'engine ready', draft: 'first draft of the sample', full: 'sample at full size' };
const moments: Record<'cold' | 'cached', Moments[]> = { cold: [], cached: [] };
let bytes: Bytes | undefined; // before the first draft, the same each time
let last: Page | undefined;
const visits = FRAMES_ONLY ? 1 : RUNS;
for (let run = 0; run < visits; run++) {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  for (const kind of ['cold', 'cached'] as const) {
    const [page, measured] = await visit(context);
    moments[kind].push(measured);
    bytes ??= await bytesUntil(page, measured.draft);
    if (run < visits - 1 || kind === 'cold') await page.close();
    else last = page;
  }
  if (run < visits - 1) await browser.close();
}
if (!FRAMES_ONLY) {
  for (const kind of ['cold', 'cached'] as const) {
    for (const [key, name] of Object.entries(NAMES)) {
      say(`${kind}, ${name}`, moments[kind].map((one) => one[key as keyof Moments])); // prettier-ignore
    }
  }
  const kinds = Object.entries(bytes ?? {});
  const kilobytes = kinds.map(([kind, size]) => `${kind} ${(size / 1000).toFixed(0)}`).join(', ');
  const total = kinds.reduce((sum, [, size]) => sum + size, 0);
  console.log(
    `fetched before the first draft, as served: ${kilobytes}; ${(total / 1000).toFixed(0)} kB in all`,
  );
}
if (last) {
  say('a frame at 512 px, strength by arrow key', await stepped(last, /^Strength$/));
  say('strength dragged, between two frames shown', await dragged(last, /^Strength$/));
  await last.getByRole('button', { name: 'Blend in another style' }).click();
  await last.getByRole('dialog').getByRole('radio').nth(3).click();
  await last.getByText(/^\d+ × \d+ px, /).waitFor();
  say('a frame at 512 px, a blend of two by arrow key', await stepped(last, /^From /));
  say('a blend of two dragged, between two frames shown', await dragged(last, /^From /));
  await last.context().browser()?.close();
}
await server.close();
