import { machine, type Machine } from './machine';
import type { BenchOptions } from './options';
import type { RacerName } from './peers';
import { race } from './race';
import type { Racer } from './racers';
import { rowsOf, type Row } from './summary';

export interface Results {
  readonly machine: Machine;
  readonly rows: readonly Row[];
}

/**
 * Everybody at every size.
 * @param start makes a racer who has not run yet; all are disposed after each size
 * @param say   told what goes on
 */
export async function bench(
  start: (name: RacerName) => Promise<Racer>,
  { sizes, runs, peers, budget }: BenchOptions,
  say: (progress: string) => void = () => undefined,
): Promise<Results> {
  const here = machine();
  const rows: Row[] = [];
  for (const size of sizes) {
    const racers: Racer[] = [];
    try {
      for (const name of ['statistyle', ...peers] as const) racers.push(await start(name));
      const tracks = await race(racers, size, { runs, budgetMs: 1000 * budget }, (round) =>
        say(`${size} px, ${round === 0 ? 'cold' : `round ${round} of ${runs}`}`),
      );
      rows.push(...rowsOf(tracks));
    } finally {
      for (const racer of racers) racer.dispose();
    }
  }
  return { machine: here, rows };
}
