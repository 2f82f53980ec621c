import type { FeatureMap } from '../../src/norm';

/** A picture's features are two maps. The norms act on each by its own statistics. */
export const LEVELS = ['fine', 'coarse'] as const;
export type Level = (typeof LEVELS)[number];

/** One of something for each level. */
export type Levels<T> = Readonly<Record<Level, T>>;

/** fine [1, H/4, W/4, 64] and coarse [1, H/8, W/8, 128] of a picture [H, W]; both linear, their ReLU comes after. */
export type Features = Levels<FeatureMap>;

/** Pixels a cell, each way. */
export const CELL: Levels<number> = { fine: 4, coarse: 8 };

export function byLevel<T>(make: (level: Level) => T): Levels<T> {
  return { fine: make('fine'), coarse: make('coarse') };
}

export function mapLevels<T, U>(all: Levels<T>, change: (one: T, level: Level) => U): Levels<U> {
  return byLevel((level) => change(all[level], level));
}
