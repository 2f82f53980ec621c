import type { Page } from '@playwright/test';
import { fire, photograph } from './pages/pictures';
import { Studio } from './pages/studio';
import { expect, test } from './pages/test';

async function copiedLink(studio: Studio): Promise<string> {
  const { page } = studio;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('menuitem', { name: 'Copy a link to this set-up' }).click();
  await expect(page.getByText(/^Link copied/)).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

/** As a link in the address bar, or a click on one, opens in a tab that shows the page. */
const follow = (page: Page, link: string): Promise<void> =>
  page.evaluate((to) => void (location.href = to), link);

test('a link opened in a page that is there is taken, once, and can be undone', async ({ studio }) => {
  const { page } = studio;
  await studio.openWith(await photograph('allium-oreophilum'));
  await studio.styles.getByRole('radio', { name: /Klimt/ }).first().click();
  await studio.setNumber('Strength', 40);
  await studio.finished();
  const link = await copiedLink(studio);
  await studio.styles.getByRole('radio', { name: /Monet/ }).first().click();
  await studio.setNumber('Strength', 90);
  await studio.finished();
  await follow(page, link);
  await expect(studio.strength).toHaveAttribute('aria-valuetext', '40 %');
  await expect(studio.styles.getByRole('radio', { name: /Klimt/ }).first()).toBeChecked();
  await expect(studio.photo).toHaveAccessibleName('Photo: allium-oreophilum.png');
  expect(page.url()).not.toContain('#');
  await studio.finished();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(studio.strength).toHaveAttribute('aria-valuetext', '90 %');
  await expect(studio.styles.getByRole('radio', { name: /Monet/ }).first()).toBeChecked();
  await follow(page, link); // the same again
  await expect(studio.strength).toHaveAttribute('aria-valuetext', '40 %');
  await follow(page, '#s1=broken');
  await expect(studio.viewer.getByRole('alert')).toContainText('The link');
});

test('a link of one’s own style tells the receiver that it lacks it', async ({
  studio,
  browser,
  baseURL,
}) => {
  await studio.openWith(await photograph('allium-oreophilum'));
  await studio.openStyle(await fire());
  await studio.setNumber('Strength', 40);
  await studio.finished();
  const link = await copiedLink(studio);
  const elsewhere = await browser.newPage({ baseURL: baseURL ?? '' }); // another browser profile
  const other = new Studio(elsewhere);
  await elsewhere.goto(link);
  await expect(other.viewer.getByRole('alert')).toContainText(
    'The sender’s own style is not in the link. Ask for a style file.',
  );
  await expect(other.strength).toHaveAttribute('aria-valuetext', '40 %');
  await other.viewer.getByRole('button', { name: 'Dismiss' }).click();
  await other.finished();
  await elsewhere.close();
});

test('a dropped address is told to be no picture, and nothing is fetched', async ({ studio }) => {
  await studio.openWith(await photograph('allium-oreophilum'));
  await studio.viewer.evaluate((viewer) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData('text/uri-list', 'https://example.org/painting.jpg');
    for (const type of ['dragenter', 'dragover', 'drop']) {
      viewer.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }
  });
  await expect(studio.viewer.getByRole('alert')).toContainText('That is a link, not a picture.');
  await studio.viewer.getByRole('button', { name: 'Dismiss' }).click();
  await studio.finished();
});
