import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { BenchBackend } from './device';
import { Absent, type Placed, type Ready } from './host';
import type { RacerName } from './peers';
import type { Lap } from './racers';

/**
 * A racer in a process of its own: in one that is shared, times depended on who else ran there
 * (docs/decisions.md). It waits while others run.
 * @throws Absent the backend is not to be had
 */
export async function inProcess(
  name: RacerName,
  backend: BenchBackend,
  { threads = 1, env = {} }: { readonly threads?: number; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Placed> {
  const child = fork(new URL('./racer-main.ts', import.meta.url), [name, backend, `${threads}`], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ...env },
  });
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
  const ready = await next<Ready>();
  if ('absent' in ready) {
    child.kill();
    throw new Absent(ready.absent);
  }
  return {
    ...ready,
    name,
    run(size) {
      child.send(size);
      return next<Lap>();
    },
    dispose: () => void child.kill(),
  };
}
