import type { Cost } from './count';
import type { RacerName } from './peers';
import type { Track } from './race';
import type { Lap } from './racers';

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
  /** Median CPU time of the process, and over the first racer's in the same rounds. */
  readonly cpu?: { readonly ms: number; readonly ratio: number };
  readonly stages?: Readonly<Record<'encode' | 'edit' | 'decode', number>>;
}

/** @param tracks of one race; all are compared with the first */
export function rowsOf(tracks: readonly Track[]): readonly Row[] {
  const [reference] = tracks;
  return tracks.map(({ racer, size, cold, warm }) => {
    const laps = [...warm];
    const median = (values: readonly number[]) => quartiles(values)[1];
    const stage = (name: 'encode' | 'edit' | 'decode') =>
      median(laps.map(([, { stages }]) => stages?.[name] ?? NaN));
    const ratioOf = (time: (lap: Lap) => number) =>
      median(
        laps.flatMap(([round, lap]) => {
          const other = reference?.warm.get(round);
          return other ? [time(lap) / time(other)] : [];
        }),
      );
    const cpuMs = (lap: Lap): number => lap.cpuMs ?? NaN;
    return {
      name: racer.name,
      title: racer.title,
      size,
      cost: racer.cost,
      cold: cold.ms,
      warm: quartiles(laps.map(([, { ms }]) => ms)),
      runs: laps.length,
      ratio: ratioOf(({ ms }) => ms),
      ...(cold.cpuMs !== undefined && {
        cpu: { ms: median(laps.map(([, lap]) => cpuMs(lap))), ratio: ratioOf(cpuMs) },
      }),
      ...(cold.stages && {
        stages: { encode: stage('encode'), edit: stage('edit'), decode: stage('decode') },
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
