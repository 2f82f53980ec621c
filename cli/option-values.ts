import { strength, type Norm, type Strength } from '../src/pipeline/request';
import { BadInput } from './bad-input';

/** Texts of the command line to values, shared by its commands. Each throws BadInput with one sentence. */

export const BACKENDS = ['wasm', 'webgpu', 'cpu'] as const;
export type CliBackend = (typeof BACKENDS)[number];

/** The norm as it was asked for; how many channels WCT has is known when the networks are loaded. */
export type NormWish = Exclude<Norm, { id: 'wct' }> | { readonly id: 'wct'; readonly groupSize?: number };

/** One style of a blend; all weights sum to 1. */
export type StyleWish =
  | { readonly kind: 'file'; readonly path: string; readonly weight: number }
  | { readonly kind: 'preset'; readonly id: string; readonly weight: number };

/** Statistics that the page or this program saved, rather than a picture: known by their name. */
export function isStyleFile(path: string): boolean {
  return /\.json$/i.test(path);
}

/** An option that is repeated. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Styles first, then presets; `weights` is "0.7,0.3", or left out for equal shares. */
export function styleWishes(
  styles: readonly string[],
  presets: readonly string[],
  weights?: string,
): StyleWish[] {
  const shares = sharesOf(weights, styles.length + presets.length);
  return [
    ...styles.map((path, k) => ({ kind: 'file' as const, path, weight: shares[k] ?? 0 })),
    ...presets.map((id, k) => ({ kind: 'preset' as const, id, weight: shares[styles.length + k] ?? 0 })),
  ];
}

function sharesOf(weights: string | undefined, count: number): number[] {
  const shares =
    weights === undefined ? Array.from({ length: count }, () => 1) : weights.split(',').map(numberOf);
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (shares.length !== count) {
    throw new BadInput(`--weights gives ${shares.length} shares for ${count} styles; give one each.`);
  }
  if (!shares.every((share) => share >= 0) || !(total > 0 && total < Infinity)) {
    throw new BadInput(
      `--weights are numbers from 0 up that are not all 0, such as 0.7,0.3; not "${weights}".`,
    );
  }
  return shares.map((share) => share / total);
}

export function groupSizeOf(text: string, option = '--group-size'): number {
  const groupSize = numberOf(text);
  if (!Number.isInteger(groupSize) || groupSize < 1) {
    throw new BadInput(`${option} is a whole number of channels from 1 up, not "${text}".`);
  }
  return groupSize;
}

export function strengthOf(text: string, option = '--strength'): Strength {
  const value = numberOf(text);
  if (!(value >= 0 && value <= 1)) {
    throw new BadInput(
      `${option} goes from 0 (the photo) to 1 (the full style), and "${text}" does not fit.`,
    );
  }
  return strength(value);
}

export function detailOf(text: string): number {
  const value = numberOf(text);
  if (value >= 0 && value <= 1) return value;
  throw new BadInput(`--detail goes from 0 (none) to 1 (all of it), and "${text}" does not fit.`);
}

export function sizeOf(option: string, text: string): number {
  const size = numberOf(text);
  if (!Number.isInteger(size) || size < 0) {
    throw new BadInput(
      `${option} is the short side in whole pixels, or 0 for the picture's own; not "${text}".`,
    );
  }
  return size;
}

export function backendOf(text: string): CliBackend {
  const backend = BACKENDS.find((known) => known === text);
  if (!backend) throw new BadInput(`There is no backend "${text}"; choose wasm, webgpu or cpu.`);
  return backend;
}

/** NaN for anything that is not a number written out, the empty text included. */
function numberOf(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
}
