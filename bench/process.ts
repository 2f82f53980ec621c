import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { RacerName } from './peers';
import type { Lap, Racer } from './racers';

/** What a racer's process tells first; laps follow, one for each size that it is sent. */
export type Ready = Pick<Racer, 'title' | 'cost'>;

/**
 * A racer in a process of its own: in one that is shared, times depended on who else ran there
 * (docs/decisions.md). It waits while others run.
 */
export async function inProcess(name: RacerName): Promise<Racer> {
  const child = fork(new URL('./racer-main.ts', import.meta.url), [name], { execArgv: ['--import', 'tsx'] });
  const next = async <T>(): Promise<T> => {
    const ended = new AbortController();
    const gone = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
      throw new Error(`the process of ${name} ended with ${String(code)}; what it says is above`);
    });
    try {
      const [message] = await Promise.race([once(child, 'message', { signal: ended.signal }), gone]);
      return message as T; // racer-main.ts is its only sender
    } finally {
      gone.catch(() => undefined); // aborted below
      ended.abort();
    }
  };
  const { title, cost } = await next<Ready>();
  return {
    name,
    title,
    cost,
    run(size) {
      child.send(size);
      return next<Lap>();
    },
    dispose: () => void child.kill(),
  };
}
