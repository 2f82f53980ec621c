import type { Browser } from '@playwright/test';

interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number; // µs of the thread's own time
  readonly args?: { readonly name?: string };
}

/** No task of the main thread may take longer, ms. */
export const MOST_MS = 50;

/**
 * Milliseconds that each task of a page's main thread took since tracing began, and ends tracing. Processor
 * time, not wall time: what other programs take of a busy machine is no fault of the page.
 */
export async function mainThreadTasks(browser: Browser): Promise<readonly number[]> {
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const place = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`;
  const mains = new Set(
    trace.traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(place),
  );
  return trace.traceEvents
    .filter((event) => event.ph === 'X' && event.name.endsWith('RunTask') && mains.has(place(event)))
    .map(({ tdur }) => (tdur ?? 0) / 1000);
}

/** What `startTracing` must be asked for. */
export const TRACED = ['toplevel', 'blink.user_timing'];
