import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import sharp from 'sharp';
import { layOutWall } from '../../src/pipeline/wall';

/** The page in its Compare mode. */
export class Wall {
  readonly region: Locator;
  readonly panes: Locator;

  constructor(readonly page: Page) {
    this.region = page.getByRole('region', { name: 'Comparison' });
    this.panes = this.region.getByRole('group', { name: /^(IN|CIN|AdaIN|WCT|DIN)(,|$)/ });
  }

  async open(): Promise<void> {
    await this.page.getByRole('radio', { name: 'Compare' }).check({ force: true }); // its words cover it
  }

  async close(): Promise<void> {
    await this.page.getByRole('radio', { name: 'Single' }).check({ force: true });
  }

  pane(name: string | RegExp): Locator {
    return this.region.getByRole('group', { name, exact: typeof name === 'string' });
  }

  /** Every pane that can be is painted and measured. */
  async finished(): Promise<void> {
    await expect(this.region.getByText(/ in the style of /)).toBeVisible();
  }

  /** The names of the panes, in the order shown. */
  async names(): Promise<(string | null)[]> {
    return this.panes.evaluateAll((panes) => panes.map((pane) => pane.getAttribute('aria-label')));
  }

  /** A number under each pane, in the order shown. */
  async numbers(name: string): Promise<number[]> {
    const notes = this.region.getByRole('button', { name: new RegExp(`^${name}: [\\d.]+`) });
    const labels = await notes.evaluateAll((all) => all.map((note) => note.getAttribute('aria-label') ?? ''));
    return labels.map((label) => Number(/: ([\d.]+)/.exec(label)?.[1]));
  }

  async menu(name: string, item: string): Promise<void> {
    await this.pane(name)
      .getByRole('button', { name: /^More for/ })
      .click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  async save(item: RegExp): Promise<{ name: string; file: Buffer }> {
    await this.page.getByRole('button', { name: 'Save' }).click();
    const [download] = await Promise.all([
      this.page.waitForEvent('download'),
      this.page.getByRole('menuitem', { name: item }).click(),
    ]);
    return { name: download.suggestedFilename(), file: await readFile(await download.path()) };
  }
}

/** The pictures of a saved wall, cut out, and how dark the words under each are (0 black, 255 white). */
export async function cutUp(file: Buffer, count: number, size: { width: number; height: number }) {
  const cells = layOutWall(count, size).cells;
  const cut = (left: number, top: number, width: number, height: number): Promise<Buffer> =>
    sharp(file).extract({ left, top, width, height }).removeAlpha().png().toBuffer();
  return Promise.all(
    cells.map(async ({ picture, name }) => {
      const line = await cut(name.left, name.baseline - name.size, 40, name.size);
      const { channels } = await sharp(line).stats();
      return {
        picture: await cut(picture.left, picture.top, picture.width, picture.height),
        darkest: channels[0]?.min ?? 255,
      };
    }),
  );
}
