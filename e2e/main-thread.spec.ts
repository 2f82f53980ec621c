import { disc } from './pages/pictures';
import { expect, test } from './pages/test';

interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number; // µs of the thread's own time
  readonly args?: { readonly name?: string };
}

/** Processor time, not wall time: what other programs take of a busy machine is no fault of the page. */
test('no task of the main thread takes 50 ms of its time while pictures are made', async ({
  studio,
  browser,
}) => {
  await studio.openWith(await disc(640, 512));
  await browser.startTracing(studio.page, { categories: ['toplevel', 'blink.user_timing'] });
  await studio.choose('WCT');
  await studio.finished();
  await studio.setNumber('Strength', 50);
  await studio.finished();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const place = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`;
  const mains = new Set(
    trace.traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(place),
  );
  const tasks = trace.traceEvents
    .filter((event) => event.ph === 'X' && event.name.endsWith('RunTask') && mains.has(place(event)))
    .map(({ tdur }) => (tdur ?? 0) / 1000);
  expect(tasks.length).toBeGreaterThan(50); // the trace is of the page
  expect(Math.max(...tasks)).toBeGreaterThan(1); // and has times
  expect(Math.max(...tasks)).toBeLessThan(50);
});
