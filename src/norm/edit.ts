import {
  add,
  addN,
  concat,
  conv2d,
  diag,
  matMul,
  mirrorPad,
  mul,
  ones,
  reshape,
  split,
  tidy,
  zeros,
  type Rank,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { sameChannels, ShapeError } from './errors';
import type { FeatureEdit, FeatureMap } from './types';

/** The edit that changes nothing: `mix = 1`, `bias = 0`. New, [C]. */
export function identityEdit(channels: number): FeatureEdit {
  return { mix: ones<Rank.R1>([channels]) as Tensor1D, bias: zeros<Rank.R1>([channels]) as Tensor1D };
}

/**
 * A weighted sum of edits, term by term: what blends of styles, of norms, and strength are made of.
 *
 *     (sum w_k mix_k)(x) + (sum w_k local_k)(x) + sum w_k bias_k
 *
 * @param edits   at least one, of the same channels, left alive
 * @param weights one each; they need not add up to 1
 * @returns       a new edit; the caller disposes it
 * @throws ShapeError for no edits, a wrong number of weights, or channels and groups that differ
 */
export function weightedSum(edits: readonly FeatureEdit[], weights: readonly number[]): FeatureEdit {
  const [first] = edits;
  if (!first || edits.length !== weights.length) {
    throw new ShapeError(`weightedSum: ${edits.length} edits with ${weights.length} weights; give one each`);
  }
  for (const edit of edits) sameChannels('weightedSum', first.bias.size, edit.bias.size);
  return tidy(() => {
    const scaled = <T extends Tensor1D | Tensor2D | Tensor4D>(
      pick: (edit: FeatureEdit) => T | undefined,
    ): T[] =>
      edits.flatMap((edit, k) => {
        const part = pick(edit);
        return part ? [mul<T>(part, weights[k] ?? 0)] : [];
      });
    const mixes = scaled((edit) => edit.mix);
    const locals = scaled((edit) => edit.local);
    const [size] = locals.map((local) => local.shape[2]);
    if (locals.some((local) => local.shape[2] !== size)) {
      throw new ShapeError('weightedSum: the local kernels differ in group size; predict them with one net');
    }
    const full = mixes.some((mix) => mix.rank === 2);
    return {
      ...(mixes.length > 0 && {
        mix: addN(mixes.map((mix) => (full && mix.rank === 1 ? (diag(mix) as Tensor2D) : mix))),
      }),
      ...(locals.length > 0 && { local: addN(locals) }),
      bias: addN(scaled((edit) => edit.bias)),
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
 * Applies an edit: `mix(x) + local(x) + bias`.
 * @param features [1, H, W, C] with H and W at least 2 when the edit has a `local` part; left alive
 * @returns new features of the same shape
 * @throws ShapeError when the channel counts differ
 */
export function applyEdit(features: FeatureMap, { mix, local, bias }: FeatureEdit): FeatureMap {
  const [, height, width, channels] = features.shape;
  sameChannels('applyEdit', channels, bias.size);
  return tidy(() => {
    const terms: FeatureMap[] = [];
    if (mix?.rank === 1) terms.push(mul<Tensor4D>(features, mix));
    if (mix?.rank === 2) {
      const cells = reshape(features, [height * width, channels]);
      terms.push(reshape(matMul(cells, mix as Tensor2D), [1, height, width, channels]));
    }
    if (local) terms.push(groupedConvolution(features, local));
    return terms.reduce<Tensor4D>((sum, term) => add(sum, term), bias as unknown as Tensor4D) as FeatureMap;
  });
}

/** A reflection-padded 3x3 convolution in groups, composed of one conv2d a group: tfjs has none. */
function groupedConvolution(features: FeatureMap, kernel: Tensor4D): FeatureMap {
  const groups = kernel.shape[3] / kernel.shape[2];
  const around: [number, number][] = [[0, 0], [1, 1], [1, 1], [0, 0]]; // prettier-ignore
  const inputs = split<Tensor4D>(mirrorPad(features, around, 'reflect'), groups, 3);
  const kernels = split(kernel, groups, 3);
  return concat(
    inputs.map((input, g) => conv2d<Tensor4D>(input, kernels[g] as Tensor4D, 1, 'valid')),
    3,
  );
}

export function disposeEdit({ mix, local, bias }: FeatureEdit): void {
  mix?.dispose();
  local?.dispose();
  bias.dispose();
}
