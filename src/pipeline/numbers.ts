import type { StageTimes } from './request';

/** What is measured of a result: plain data, the same for page and command line. `measure.ts` defines each. */
export interface Numbers {
  readonly style: number; // distance from the style's statistics, activations squared
  readonly content: number; // distance from the photo's layout: 0 the same, 2 nothing in common
  readonly identity: number; // what encoder and decoder alone change of the photo, 0..255
  readonly parameters: number; // trained numbers that take part
  readonly ms: StageTimes; // what the picture costs when nothing is known of it yet
}

export type NumberKey = keyof Numbers;

/** A number to sort by: of the times, their sum. */
export function numberOf(numbers: Numbers, key: NumberKey): number {
  if (key !== 'ms') return numbers[key];
  const { encoding, normalising, decoding } = numbers.ms;
  return encoding + normalising + decoding;
}

/** Mean and std of each channel, and how the channels go together. */
export interface ChannelPortrait {
  readonly mean: Float32Array; // [C]
  readonly std: Float32Array; // [C]
  readonly correlation: Float32Array; // [C * C], row by row, -1..1
}

/** Whose channels: `edited` is the photo under the norm, `result` the finished picture encoded again. */
export type Subject = 'photo' | 'style' | 'edited' | 'result';

/** What a norm did. */
export type Portrait = Readonly<Record<Subject, ChannelPortrait>>;
