import {
  eye,
  mul,
  reshape,
  stridedSlice,
  tidy,
  transpose,
  type Rank,
  type Tensor2D,
  type Tensor3D,
} from '@tensorflow/tfjs-core';

/** The blocks of g neighbouring channels on the diagonal of a matrix [C, C], left alive: new [C/g, g, g]. */
export function blocksOf(matrix: Tensor2D, g: number): Tensor3D {
  const groups = matrix.shape[0] / g;
  if (groups === 1) return reshape<Rank.R3>(matrix, [1, g, g]) as Tensor3D;
  return tidy(() => {
    const pairs = transpose(reshape(matrix, [groups, g, groups, g]), [1, 3, 0, 2]); // [g, g, groups, groups]
    const ofGroups = reshape(pairs, [g * g, groups * groups]);
    const diagonal = stridedSlice(ofGroups, [0, 0], [g * g, groups * groups], [1, groups + 1]); // [g * g, groups]
    return reshape(transpose(diagonal), [groups, g, g]) as Tensor3D;
  });
}

/** Blocks [C/g, g, g], left alive, on the diagonal of a new matrix [C, C]. */
export function blockDiagonal(blocks: Tensor3D): Tensor2D {
  const [groups, g] = blocks.shape;
  if (groups === 1) return reshape<Rank.R2>(blocks, [g, g]) as Tensor2D;
  return tidy(() => {
    const spread = mul(reshape(blocks, [groups, g, 1, g]), reshape(eye(groups), [groups, 1, groups, 1]));
    return reshape(spread, [groups * g, groups * g]);
  });
}
