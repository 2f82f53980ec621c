import {
  div,
  engine,
  eye,
  getBackend,
  getKernel,
  matMul,
  mul,
  sqrt,
  square,
  sub,
  sum,
  tensor1d,
  tidy,
  type Tensor3D,
} from '@tensorflow/tfjs-core';

/** A tfjs kernel that a backend may have (see app/models/wasm/install.ts). One without it multiplies by tfjs. */
export const ROOTS = 'StatistyleRoots';

/** How far from 1 every eigenvalue may be at the end: float32 tells no less apart. */
const CONVERGED = 1e-7;

/**
 * Square root and inverse square root of symmetric positive definite matrices, by the coupled
 * Newton-Schulz iteration: matrix products only, so it runs on the GPU and never fails to converge.
 *
 *     Y = A / |A|_F, Z = I;   T = r (3 I - r^2 Z Y) / 2,  Y <- Y T,  Z <- T Z
 *     A^(1/2) = Y sqrt(|A|_F),   A^(-1/2) = Z / sqrt(|A|_F)
 *
 * The scales r (see `scales`) halve the number of steps; with r = 1 it is the unscaled iteration. All factors
 * commute, but rounded ones only almost: `Z T`, or half of each product mirrored, diverges.
 *
 * @param matrices [N, g, g], symmetric, condition number at most about 1e5; left alive
 * @param floor    at most each matrix's smallest eigenvalue over its Frobenius norm; where one is smaller
 *                 after all, its root is less exact
 * @returns two new [N, g, g]; the caller disposes them
 *
 * Sources: Higham 2008, Functions of Matrices, eq. 6.35; scales: Chen & Chow 2014, A Stable Scaling of
 * Newton-Schulz for Improving the Sign Function Computation of a Hermitian Matrix.
 */
export function matrixRoots(
  matrices: Tensor3D,
  floor: number,
): { readonly root: Tensor3D; readonly inverseRoot: Tensor3D } {
  return tidy(() => {
    if (matrices.shape[1] % 8 === 0 && getKernel(ROOTS, getBackend())) {
      const inputs = { matrices, scales: tensor1d(scales(floor)) };
      const [root, inverseRoot] = engine().runKernel<[Tensor3D, Tensor3D]>(ROOTS, inputs);
      return { root, inverseRoot };
    }
    const norm = sqrt(sum(square(matrices), [1, 2], true)); // [N, 1, 1]
    const identity = eye(matrices.shape[1]); // [g, g]
    const [first = 1, ...others] = scales(floor);
    const factor = (product: Tensor3D, r: number): Tensor3D =>
      sub(mul(identity, 1.5 * r), mul(product, 0.5 * r ** 3));
    let y = div<Tensor3D>(matrices, norm);
    let z = factor(y, first); // Z is still the identity
    y = matMul(y, z);
    for (const r of others) {
      const next = tidy(() => {
        const t = factor(matMul(z, y), r);
        return { y: matMul<Tensor3D>(y, t), z: matMul<Tensor3D>(t, z) };
      });
      y.dispose();
      z.dispose();
      ({ y, z } = next);
    }
    const scale = sqrt(norm);
    return { root: mul<Tensor3D>(y, scale), inverseRoot: div<Tensor3D>(z, scale) };
  });
}

/**
 * The scale of each step, for eigenvalues of `Z Y` in floor..1. With l the root of the smallest,
 * `r = sqrt(3 / (1 + l + l^2))` sends both l and 1 to the same new l, and what lies between no higher than 1.
 */
function scales(floor: number): number[] {
  const all: number[] = [];
  for (let l = Math.sqrt(floor); 1 - l > CONVERGED;) {
    const r = Math.sqrt(3 / (1 + l + l ** 2));
    l = (r * l * (3 - (r * l) ** 2)) / 2;
    all.push(r);
  }
  return all;
}
