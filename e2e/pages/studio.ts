import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page, type Worker } from '@playwright/test';
import type { TestFile } from './pictures';

/** The page as its users find it: by role and name. */
export class Studio {
  readonly viewer: Locator;
  readonly styles: Locator;
  readonly controls: Locator;
  readonly stop: Locator;
  readonly strength: Locator;
  readonly result: Locator;
  readonly photo: Locator;

  constructor(readonly page: Page) {
    this.viewer = page.getByRole('region', { name: 'Picture' });
    this.styles = page.getByRole('region', { name: 'Style' });
    this.controls = page.getByRole('complementary', { name: 'Controls' });
    this.stop = page.getByRole('button', { name: 'Stop' });
    this.strength = page.getByRole('slider', { name: 'Strength' });
    this.result = page.getByRole('img', { name: /^Result/ });
    this.photo = page.getByRole('img', { name: /^Photo/ });
  }

  async goto(query = ''): Promise<void> {
    await this.page.goto(`/${query}`);
  }

  /** Opens the page and replaces the example by a small photo, so that tests are quick. */
  async openWith(photo: TestFile, query = ''): Promise<void> {
    await this.goto(query);
    await this.openPhoto(photo);
    await this.finished();
  }

  async openPhoto(file: TestFile): Promise<void> {
    await this.page.getByLabel('Photo file').first().setInputFiles(file);
  }

  async openStyle(file: TestFile): Promise<void> {
    await this.styles.getByLabel('Style file').setInputFiles(file);
  }

  /** A file of the weights cannot be had, until what is returned is called. */
  async without(file: string): Promise<() => Promise<void>> {
    const path = `**/weights/${file}`;
    await this.page.route(path, (route) => route.fulfill({ status: 404 }));
    return () => this.page.unroute(path);
  }

  /** The status line of a finished picture, of this size if one is given. */
  async finished(size = '\\d+ × \\d+'): Promise<void> {
    await expect(this.viewer.getByText(new RegExp(`^${size} px, `))).toBeVisible();
  }

  async setNumber(name: string, value: number): Promise<void> {
    const box = this.controls.getByRole('textbox', { name });
    await box.fill(String(value));
    await box.press('Enter');
  }

  async choose(norm: 'AdaIN' | 'WCT' | 'DIN' | 'CIN' | 'IN'): Promise<void> {
    await this.controls.getByRole('radio', { name: norm, exact: true }).click();
  }

  async photoMenu(item: string): Promise<void> {
    await this.page.getByRole('button', { name: /^(Photo:|Samples)/ }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** The page's own worker; those of wasm's threads have no file. */
  worker(): Worker {
    const worker = this.page.workers().find((one) => one.url().includes('/worker-'));
    if (!worker) throw new Error('the page has no worker');
    return worker;
  }

  /** The worker does nothing more: what it was making stays unfinished. */
  async hang(): Promise<void> {
    await this.worker().evaluate(() => {
      setTimeout(() => {
        for (;;);
      });
    });
  }

  /**
   * Presses Stop a moment after the next run has begun; how long the page takes to say these words then, ms.
   * From inside the page: a click from here may come when a short run is over.
   */
  stopNextRun(words: string): Promise<number> {
    return this.page.evaluate(
      (said) =>
        new Promise<number>((resolve) => {
          let start: number | undefined;
          let begun = false;
          new MutationObserver((_changes, observer) => {
            const stop = document.querySelector<HTMLButtonElement>('button[aria-label="Stop"]');
            if (!begun && stop) {
              begun = true;
              setTimeout(() => {
                start = performance.now();
                stop.click();
              }, 100);
            }
            if (start === undefined || !document.body.textContent?.includes(said)) return;
            observer.disconnect();
            resolve(performance.now() - start);
          }).observe(document.body, { subtree: true, childList: true, characterData: true });
        }),
      words,
    );
  }

  /** The result as a file, through the Save menu. */
  async save(format: 'PNG' | 'JPEG' | 'WebP' = 'PNG'): Promise<{ name: string; file: Buffer }> {
    await this.page.getByRole('button', { name: 'Save' }).click();
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      this.page.getByRole('menuitem', { name: format }).click(),
    ]);
    return { name: download.suggestedFilename(), file: await readFile(await download.path()) };
  }
}
