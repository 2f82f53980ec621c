import type { Lap, Racer } from './racers';

/** All of one racer's runs at one size. Warm runs are numbered by their round: a slow racer sits some out. */
export interface Track {
  readonly racer: Racer;
  readonly size: number;
  readonly cold: Lap;
  readonly warm: ReadonlyMap<number, Lap>;
}

export interface RaceOptions {
  /** Warm runs of each. */
  readonly runs: number;
  /** Once a racer's runs at one size took this long together, it stops; it runs warm once at least. */
  readonly budgetMs: number;
}

/**
 * Races at one size: each runs once (cold: nothing has run on its backend before), then in rounds,
 * one after another, so that a busy machine slows all of them. Every round begins with the next racer.
 * @param size    side of the square picture, px, a multiple of 8
 * @param onRound told of each round before it begins, from 1; round 0 is the cold one
 */
export async function race(
  racers: readonly Racer[],
  size: number,
  { runs, budgetMs }: RaceOptions,
  onRound: (round: number) => void = () => undefined,
): Promise<readonly Track[]> {
  const tracks: { racer: Racer; size: number; cold: Lap; warm: Map<number, Lap>; spent: number }[] = [];
  onRound(0);
  for (const racer of racers) {
    const cold = await racer.run(size);
    tracks.push({ racer, size, cold, warm: new Map(), spent: cold.ms });
  }
  for (let round = 1; round <= runs; round++) {
    onRound(round);
    const first = round % tracks.length;
    for (const track of [...tracks.slice(first), ...tracks.slice(0, first)]) {
      if (track.warm.size > 0 && track.spent >= budgetMs) continue;
      const lap = await track.racer.run(size);
      track.warm.set(round, lap);
      track.spent += lap.ms;
    }
  }
  return tracks;
}
