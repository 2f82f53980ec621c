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
  | { readonly id: 'wct'; readonly groupSize: number } // channels a group, a divisor of 128; at most the level's
  | { readonly id: 'din' };

export type NormId = Norm['id'];

/** One style of a blend. Weights are scaled to sum to 1. */
export interface StyleShare {
  readonly picture: PictureId;
  readonly weight: number;
}

export interface Request {
  readonly norm: Norm;
  readonly content: PictureId;
  readonly styles: readonly StyleShare[]; // at least one, unless the norm is IN
  readonly strength: Strength;
  /** Short side to work at, px; never scaled up. 0: the picture's own. */
  readonly contentSize: number;
  readonly styleSize: number;
  /** Keep the photo's colours: only the lightness is restyled. */
  readonly keepColour: boolean;
  /** White where the style goes, black where the photo stays. */
  readonly mask?: PictureId;
}

export type Stage = 'encoding' | 'normalising' | 'decoding';

/** Milliseconds of a finished run, by stage. Stages that a cache answered took none. */
export type StageTimes = Readonly<Record<Stage, number>>;
