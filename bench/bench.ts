import { isSoftware, type Device } from './device';
import { Absent, type Placed } from './host';
import { machine, type Machine } from './machine';
import type { BenchOptions } from './options';
import type { RacerName } from './peers';
import { runsAt, type PlaceName } from './places';
import { race } from './race';
import { rowsOf, type Row } from './summary';

/** A row, and where it was measured. */
export interface PlacedRow extends Row {
  readonly place: PlaceName;
  readonly device: Device;
}

export interface Results {
  readonly machine: Machine;
  readonly rows: readonly PlacedRow[];
  /** Places that were asked for and are not here. */
  readonly absent: readonly { readonly place: PlaceName; readonly reason: string }[];
}

type Start = (place: PlaceName, name: RacerName) => Promise<Placed>;

/** All that a GPU in software is asked for, px: it is some 50 times slower than wasm. */
const SOFTWARE_SIZE = 64;

/**
 * Everybody at every place and size.
 * @param start makes a racer who has not run yet; all are disposed after each size
 * @param say   told what goes on
 */
export async function bench(
  start: Start,
  options: BenchOptions,
  say: (progress: string) => void = () => undefined,
): Promise<Results> {
  const here = machine();
  const rows: PlacedRow[] = [];
  const absent: { place: PlaceName; reason: string }[] = [];
  for (const place of options.where) {
    try {
      const first = await start(place, 'statistyle');
      const { device } = first;
      for (const [index, size] of sizesOn(device, options.sizes).entries()) {
        const ours = index === 0 ? first : await start(place, 'statistyle');
        const measured = await raceAt(place, size, ours, start, options, (what) => say(`${place}, ${what}`));
        rows.push(...measured.map((row) => ({ ...row, place, device })));
      }
    } catch (error) {
      if (!(error instanceof Absent)) throw error;
      absent.push({ place, reason: error.message });
    }
  }
  return { machine: here, rows, absent };
}

function sizesOn(device: Device, sizes: readonly number[]): readonly number[] {
  return isSoftware(device) ? [Math.min(SOFTWARE_SIZE, ...sizes)] : sizes;
}

async function raceAt(
  place: PlaceName,
  size: number,
  ours: Placed,
  start: Start,
  { runs, peers, budget }: BenchOptions,
  say: (progress: string) => void,
): Promise<readonly Row[]> {
  const racers = [ours];
  try {
    for (const name of peers.filter((peer) => runsAt(place, peer))) {
      racers.push(await start(place, name));
    }
    const tracks = await race(racers, size, { runs, budgetMs: 1000 * budget }, (round) =>
      say(`${size} px, ${round === 0 ? 'cold' : `round ${round} of ${runs}`}`),
    );
    return rowsOf(tracks);
  } finally {
    for (const racer of racers) racer.dispose();
  }
}
