/** What the user asks for: plain data, the same for page, worker, command line and benchmarks. */

export type PictureId = number & { readonly __unit: 'picture' };

/** 0 = the photo, 1 = full style. Made only by `strength()`. */
export type Strength = number & { readonly __unit: 'strength' };

export function strength(value: number): Strength {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`strength: expected 0..1, got ${value}`);
  return value as Strength; // checked just above
}

/** The norms and their own settings. */
export type Norm =
  | { readonly id: 'in' }
  | { readonly id: 'cin' } // takes presets only
  | { readonly id: 'adain' }
  | { readonly id: 'wct'; readonly groupSize: number } // channels a group, a divisor of 64
  | { readonly id: 'din' };

export type NormId = Norm['id'];

/** All of them, in the order in which they are listed. */
export const NORM_IDS = ['in', 'cin', 'adain', 'wct', 'din'] as const satisfies readonly NormId[];

/** One style of a blend. Weights are scaled to sum to 1. */
export interface StyleShare {
  readonly picture: PictureId;
  readonly weight: number;
}

/** A part of the picture with styles of its own: white in the mask. */
export interface Region {
  readonly mask: PictureId;
  readonly styles: readonly StyleShare[]; // at least one, unless the norm is IN
}

/**
 * Whose colours the result has: the style's; the photo's, with only the lightness restyled; the photo's mean
 * and covariance of colours; or nothing but the colours is restyled.
 */
export const COLOUR_MODES = ['style', 'lightness', 'recolour', 'only'] as const;
export type ColourMode = (typeof COLOUR_MODES)[number];

/** Share of the photo's detail that comes back when nobody says otherwise. */
export const DETAIL = 0.75;

export interface Request {
  readonly norm: Norm;
  /** A second norm and its share, 0..1: the weighted sum of what both compile to. */
  readonly second?: { readonly norm: Norm; readonly share: number };
  readonly content: PictureId;
  readonly styles: readonly StyleShare[]; // at least one, unless the norm is IN
  readonly strength: Strength;
  /** Short side to work at, px; never scaled up. 0: the picture's own. */
  readonly contentSize: number;
  readonly styleSize: number;
  /** Strength counts a change of the statistics that is the same for every style (see change.ts). */
  readonly evenStrength?: boolean;
  readonly colour: ColourMode;
  /** Share of the photo's fine structure that comes back at full strength, 0..1 (see detail.ts). */
  readonly detail?: number;
  /** White where the style goes, black where the photo stays. */
  readonly mask?: PictureId;
  /** Parts with styles of their own, a later one over an earlier one; each by its own statistics. */
  readonly regions?: readonly Region[];
  /** What lies outside all regions. */
  readonly unpainted?: 'photo' | 'styles';
  /** Also measure how far the statistics moved. */
  readonly measure?: boolean;
}

/** Encoding includes what else is found once of a photo: what the decoder loses of it. */
export type Stage = 'encoding' | 'normalising' | 'decoding';

/** Where each stage begins and ends on the way to a new photo's picture, by the time it takes on wasm. */
const SPANS: Readonly<Record<Stage, readonly [from: number, to: number]>> = {
  encoding: [0, 0.6],
  normalising: [0.6, 0.65],
  decoding: [0.65, 1],
};

/** How far a picture is, 0..1, of how far its stage is. */
export function progressIn(stage: Stage, done: number): number {
  const [from, to] = SPANS[stage];
  return from + (to - from) * done;
}

/** Milliseconds of a finished run, by stage. Stages that a cache answered took none. */
export type StageTimes = Readonly<Record<Stage, number>>;
