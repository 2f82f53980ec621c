import type { Networks, ReadFile } from '../app/models/weights';
import { machine, type Machine } from './machine';
import type { BenchOptions } from './options';
import { race } from './race';
import { ourselves, peer, type Racer } from './racers';
import { rowsOf, type Row } from './summary';

export interface Results {
  readonly machine: Machine;
  readonly rows: readonly Row[];
}

/**
 * Everybody at every size, on the backend that runs.
 * @param read gives a file of `public/weights/`
 * @param say  told what goes on
 */
export async function bench(
  networks: Networks,
  read: ReadFile,
  { sizes, runs, peers, budget }: BenchOptions,
  say: (progress: string) => void = () => undefined,
): Promise<Results> {
  const here = machine();
  const rows: Row[] = [];
  const racers: Racer[] = [ourselves(networks)];
  try {
    for (const name of peers) racers.push(await peer(name, read));
    for (const size of sizes) {
      const tracks = await race(racers, size, { runs, budgetMs: 1000 * budget }, (round) =>
        say(`${size} px, ${round === 0 ? 'cold' : `round ${round} of ${runs}`}`),
      );
      rows.push(...rowsOf(tracks));
    }
    return { machine: here, rows };
  } finally {
    for (const racer of racers) racer.dispose();
  }
}
