import { mainThreadTasks, MOST_MS, TRACED } from './pages/main-thread';
import { disc } from './pages/pictures';
import { expect, test } from './pages/test';

test(`no task of the main thread takes ${MOST_MS} ms of its time while pictures are made`, async ({
  studio,
  browser,
}) => {
  await studio.openWith(await disc(640, 512));
  await browser.startTracing(studio.page, { categories: TRACED });
  await studio.choose('WCT');
  await studio.finished();
  await studio.setNumber('Strength', 50);
  await studio.finished();
  const tasks = await mainThreadTasks(browser);
  expect(tasks.length).toBeGreaterThan(50); // the trace is of the page
  expect(Math.max(...tasks)).toBeGreaterThan(1); // and has times
  expect(Math.max(...tasks)).toBeLessThan(MOST_MS);
});
