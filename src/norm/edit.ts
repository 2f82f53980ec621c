import {
  add,
  addN,
  depthwiseConv2d,
  diag,
  dispose,
  fused,
  mul,
  ones,
  reshape,
  tidy,
  zeros,
  zerosLike,
  type Rank,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { sameChannels, ShapeError } from './errors';
import { AROUND, padMap } from './padding';
import type { FeatureEdit, FeatureMap } from './types';

/** The edit that changes nothing: `mix = 1`, `bias = 0`. New, [C]. */
export function identityEdit(channels: number): FeatureEdit {
  return { mix: ones<Rank.R1>([channels]) as Tensor1D, bias: zeros<Rank.R1>([channels]) as Tensor1D };
}

/**
 * A weighted sum of edits, term by term: what blends of styles, of norms, and strength are made of.
 *
 *     (sum w_k mix_k)(x) + sum w_k local_k(x) + sum w_k bias_k
 *
 * A mix or local part whose weight is 0 is left out: its work would be for nothing.
 *
 * @param edits   at least one, of the same channels, left alive
 * @param weights one each; they need not add up to 1
 * @returns       a new edit; the caller disposes it
 * @throws ShapeError for no edits, a wrong number of weights, or channels that differ
 */
export function weightedSum(edits: readonly FeatureEdit[], weights: readonly number[]): FeatureEdit {
  const [first] = edits;
  if (!first || edits.length !== weights.length) {
    throw new ShapeError(`weightedSum: ${edits.length} edits with ${weights.length} weights; give one each`);
  }
  for (const edit of edits) sameChannels('weightedSum', first.bias.size, edit.bias.size);
  return tidy(() => {
    const weighted = edits.map((edit, k) => ({ ...edit, weight: weights[k] ?? 0 }));
    const counting = weighted.filter(({ weight }) => weight !== 0);
    const mixes = counting.flatMap(({ mix, weight }) => (mix ? [mul<Tensor1D | Tensor2D>(mix, weight)] : []));
    const full = mixes.some((mix) => mix.rank === 2);
    const local = counting.flatMap(({ local = [], weight }) =>
      local.map(({ depthwise, pointwise }) => ({
        depthwise: depthwise.clone(),
        pointwise: mul<Tensor2D>(pointwise, weight),
      })),
    );
    return {
      ...(mixes.length > 0 && {
        mix: addN(mixes.map((mix) => (full && mix.rank === 1 ? (diag(mix) as Tensor2D) : mix))),
      }),
      ...(local.length > 0 && { local }),
      bias: addN(weighted.map(({ bias, weight }) => mul<Tensor1D>(bias, weight))),
    };
  });
}

/**
 * An edit at part of its strength: `strength * edit + (1 - strength) * identity`.
 * @param strength 0 (the content's features) to 1 (the edit)
 * @returns a new edit; the caller disposes it
 */
export function atStrength(edit: FeatureEdit, strength: number): FeatureEdit {
  return tidy(() => weightedSum([edit, identityEdit(edit.bias.size)], [strength, 1 - strength]));
}

/**
 * Applies an edit: `mix(x) + sum of local(x) + bias`.
 * @param features [1, H, W, C] with H and W at least 2 when the edit has local parts; left alive
 * @returns new features of the same shape
 * @throws ShapeError when the channel counts differ
 */
export function applyEdit(features: FeatureMap, { mix, local = [], bias }: FeatureEdit): FeatureMap {
  const channels = features.shape[3];
  sameChannels('applyEdit', channels, bias.size);
  return tidy(() => {
    const terms: ((bias?: Tensor1D) => Tensor4D)[] = []; // the first of them takes the bias along
    if (mix?.rank === 1) terms.push((bias) => scaled(features, mix as Tensor1D, bias));
    if (mix?.rank === 2) terms.push((bias) => mixed(features, mix as Tensor2D, bias));
    if (local.length > 0) {
      const around = padMap(features, AROUND);
      for (const { depthwise, pointwise } of local) {
        terms.push((bias) =>
          mixed(depthwiseConv2d<Tensor4D>(around, depthwise, 1, 'valid'), pointwise, bias),
        );
      }
    }
    const [first = () => add<Tensor4D>(zerosLike(features), bias), ...rest] = terms;
    return rest.reduce((sum, term) => add(sum, term()), first(bias)) as FeatureMap;
  });
}

/** Each channel times its factor, plus its bias: one pass, as a depthwise convolution of one tap. */
function scaled(features: FeatureMap, factors: Tensor1D, bias?: Tensor1D): Tensor4D {
  const filter = reshape<Rank.R4>(factors, [1, 1, factors.size, 1]);
  return fused.depthwiseConv2d({ x: features, filter, strides: 1, pad: 'valid', ...(bias && { bias }) });
}

/** Each cell's channels times a matrix [C in, C out], plus the bias: one matrix product. */
function mixed(features: Tensor4D, matrix: Tensor2D, bias?: Tensor1D): Tensor4D {
  const [, height, width, channels] = features.shape;
  const cells = reshape<Rank.R2>(features, [height * width, channels]);
  const product = fused.matMul({ a: cells, b: matrix, ...(bias && { bias }) });
  return reshape(product, [1, height, width, matrix.shape[1]]);
}

export function disposeEdit(edit: FeatureEdit): void {
  dispose(edit);
}
