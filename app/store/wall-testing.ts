import { expect } from 'vitest';
import type { Pane } from './panes';
import { bitmap, settled, times, withPictures } from './testing';

export const numbers = { style: 1, content: 1, identity: 5, parameters: 1000, ms: times };

/** A wall of AdaIN, WCT, DIN, CIN and IN whose first picture is being made. */
export async function wall() {
  const made = await withPictures();
  made.calls.length = 0;
  made.store.getState().compare(true);
  const panes = () => made.store.getState().panes;
  const pane = (at: number): Pane => panes()[at] ?? expect.fail('no such pane');
  const lastCall = () => made.calls.at(-1) ?? expect.fail('nothing is being made');
  /** Answers everything that comes until nothing more does. */
  async function finish(): Promise<void> {
    for (let [p, m] = [made.calls.length - 1, 0]; p < made.calls.length || m < made.measures.length;) {
      if (p < made.calls.length) made.calls[p++]?.answer(made.finished(bitmap()));
      else made.measures[m++]?.answer({ ok: true, numbers });
      await settled();
    }
  }
  return { ...made, panes, pane, lastCall, finish };
}
