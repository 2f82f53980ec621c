import type { Cost } from './count';
import type { RacerName } from './peers';
import type { Track } from './race';

/** First quartile, median, third quartile. */
export type Quartiles = readonly [number, number, number];

/** One line of the results; times in ms. */
export interface Row {
  readonly name: RacerName;
  readonly title: string;
  readonly size: number;
  readonly cost: Cost;
  readonly cold: number;
  readonly warm: Quartiles;
  readonly runs: number;
  /** Median over the rounds that both ran of its time over the first racer's. */
  readonly ratio: number;
  readonly stages?: Readonly<Record<'encode' | 'edit' | 'decode', number>>;
}

/** @param tracks of one race; all are compared with the first */
export function rowsOf(tracks: readonly Track[]): readonly Row[] {
  const [reference] = tracks;
  return tracks.map(({ racer, size, cold, warm }) => {
    const laps = [...warm];
    const median = (stage: 'encode' | 'edit' | 'decode') =>
      quartiles(laps.map(([, { stages }]) => stages?.[stage] ?? NaN))[1];
    const ratios = laps.flatMap(([round, { ms }]) => {
      const other = reference?.warm.get(round);
      return other ? [ms / other.ms] : [];
    });
    return {
      name: racer.name,
      title: racer.title,
      size,
      cost: racer.cost,
      cold: cold.ms,
      warm: quartiles(laps.map(([, { ms }]) => ms)),
      runs: laps.length,
      ratio: quartiles(ratios)[1],
      ...(cold.stages && {
        stages: { encode: median('encode'), edit: median('edit'), decode: median('decode') },
      }),
    };
  });
}

/** Linear between neighbours in order; NaN of no values. */
export function quartiles(values: readonly number[]): Quartiles {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)] ?? NaN;
    const above = sorted[Math.ceil(place)] ?? NaN;
    return below + (above - below) * (place % 1);
  };
  return [at(0.25), at(0.5), at(0.75)];
}
