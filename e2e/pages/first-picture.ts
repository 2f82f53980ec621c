import type { Page } from '@playwright/test';

/** Milliseconds from navigation until something is on screen. */
export interface Moments {
  readonly engine: number; // it runs
  readonly draft: number; // the first stylised picture, of any size
  readonly full: number; // the same at its full size
}

/** Bytes of bodies as served, by what they are. */
export type Bytes = Readonly<
  Record<'html' | 'css' | 'js' | 'wasm' | 'weights' | 'pictures' | 'fonts', number>
>;

interface Fetched {
  readonly url: string;
  readonly at: number; // ms since 1970, when it was asked for
  readonly body: number; // bytes
}

/** Waits for the first picture of a page that was opened just now. */
export async function firstPicture(page: Page): Promise<Moments> {
  const when = async (selector: string, words: RegExp): Promise<number> => {
    const handle = await page.waitForFunction(
      ([at = '', text = '']) => {
        const element = document.querySelector(at);
        const found = element && new RegExp(text).test(element.textContent + (element.ariaLabel ?? ''));
        return found ? performance.now() : 0;
      },
      [selector, words.source],
      { timeout: 120_000, polling: 'raf' },
    );
    return Number(await handle.jsonValue());
  };
  const [engine, draft, full] = await Promise.all([
    when('.engine-why', /^Runs on/),
    when('[aria-label^="Result"]', /restyled/),
    when('.status-words', /^\d+ × \d+ px/),
  ]);
  return { engine, draft, full };
}

/**
 * What page and worker had asked for by then, each address once.
 * @param until ms from navigation
 */
export async function bytesUntil(page: Page, until: number): Promise<Bytes> {
  const begun = await page.evaluate(() => performance.timeOrigin);
  const workers = page.workers().filter((worker) => worker.url().startsWith('http')); // not wasm's threads
  const all = await Promise.all([
    page.evaluate(timeline),
    ...workers.map((worker) => worker.evaluate(timeline)),
  ]);
  const found = new Map<string, number>();
  for (const { url, at, body } of all.flat()) {
    if (!url.startsWith('http') || at > begun + until) continue;
    found.set(url, Math.max(body, found.get(url) ?? 0));
  }
  const bytes = { html: 0, css: 0, js: 0, wasm: 0, weights: 0, pictures: 0, fonts: 0 };
  for (const [url, size] of found) bytes[kindOf(new URL(url).pathname)] += size;
  return bytes;
}

/** Runs there. */
function timeline(): Fetched[] {
  return ['navigation', 'resource'].flatMap((type) =>
    (performance.getEntriesByType(type) as PerformanceResourceTiming[]).map((entry) => ({
      url: entry.name,
      at: performance.timeOrigin + entry.startTime,
      body: entry.encodedBodySize,
    })),
  );
}

function kindOf(path: string): keyof Bytes {
  if (path.includes('/weights/')) return 'weights';
  const end = path.slice(path.lastIndexOf('.') + 1);
  if (end === 'js' || end === 'css' || end === 'wasm') return end;
  if (end === 'woff2') return 'fonts';
  return /^(webp|jpg|svg)$/.test(end) ? 'pictures' : 'html';
}
