import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { chromiumPath } from './chromium-path';
import { Absent, type Placed, type Ready } from './host';
import type { Ask } from './page/main';
import type { Entry } from './page/racer-worker';
import type { Lap } from './racers';

/** WebGPU on Vulkan: on the GPU where there is one, else on Chromium's SwiftShader. */
const FLAGS = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-angle=vulkan',
  '--disable-vulkan-surface',
  '--ignore-gpu-blocklist',
];

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A headless browser, and the bench's page as it would ship: built, and cross-origin isolated. */
export interface Browser {
  readonly version: string;
  /**
   * A racer in a worker of a page of its own, in a process of its own. It waits while others run.
   * @throws Absent the backend is not to be had
   */
  readonly start: (entry: Entry) => Promise<Placed>;
  readonly close: () => Promise<void>;
}

/** @throws Absent no Chromium was found */
export async function openChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (!executablePath) throw new Absent('no Chromium was found; name one in CHROMIUM_PATH');
  const outDir = await mkdtemp(join(tmpdir(), 'statistyle-bench-'));
  const config = {
    configFile: join(ROOT, 'vite.config.ts'),
    mode: 'bench',
    root: join(ROOT, 'bench/page'),
    publicDir: join(ROOT, 'public'),
    build: { outDir, emptyOutDir: true },
    preview: { port: 0 },
    logLevel: 'error',
  } as const;
  await build(config);
  const server = await preview(config);
  const browser = await chromium
    .launch({ executablePath, args: FLAGS, timeout: 60_000 })
    .catch(async (error: unknown) => {
      await server.close();
      await rm(outDir, { recursive: true });
      throw new Absent(`Chromium does not start (${String(error).split('\n')[0]})`);
    });
  return {
    version: browser.version(),
    start: (entry) => start(server.resolvedUrls?.local[0] ?? '', entry),
    async close() {
      await browser.close();
      await server.close();
      await rm(outDir, { recursive: true });
    },
  };

  async function start(url: string, entry: Entry): Promise<Placed> {
    const page = await browser.newPage(); // with a profile of its own, thus a process
    await page.goto(url);
    const ask = <Answer>(question: Entry | number): Promise<Answer> =>
      page.evaluate(
        (asked) => (globalThis as unknown as { ask: Ask }).ask(asked),
        question,
      ) as Promise<Answer>;
    const ready = await ask<Ready>(entry);
    if ('absent' in ready) {
      await page.close();
      throw new Absent(ready.absent);
    }
    return {
      ...ready,
      name: entry.name,
      run: (size) => ask<Lap>(size),
      dispose: () => void page.close(),
    };
  }
}
