import '@tensorflow/tfjs-backend-cpu';
import { ready, tensor3d } from '@tensorflow/tfjs-core';
import { EigenvalueDecomposition, Matrix, QrDecomposition } from 'ml-matrix';
import { beforeAll, describe, expect, it } from 'vitest';
import { matrixRoots } from './matrix-roots';
import { randomNumbers, values } from './test-kit';

beforeAll(ready);

/** Q diag(eigenvalues) Q^T for a random rotation, rounded to float32 and exactly symmetric. */
function withEigenvalues(eigenvalues: number[], random: () => number): Matrix {
  const n = eigenvalues.length;
  const noise = Matrix.zeros(n, n).apply(function (this: Matrix, i, j) {
    this.set(i, j, random());
  });
  const q = new QrDecomposition(noise).orthogonalMatrix;
  const a = q.mmul(Matrix.diag(eigenvalues)).mmul(q.transpose());
  return a
    .add(a.transpose())
    .mul(0.5)
    .apply(function (this: Matrix, i, j) {
      // prettier-ignore
      this.set(i, j, Math.fround(this.get(i, j)));
    });
}

/** The power of a symmetric matrix, by float64 eigendecomposition. */
function power(a: Matrix, exponent: number): Matrix {
  const { eigenvectorMatrix: v, realEigenvalues } = new EigenvalueDecomposition(a, { assumeSymmetric: true });
  return v.mmul(Matrix.diag(realEigenvalues.map((e) => e ** exponent))).mmul(v.transpose());
}

function relativeError(got: number[], want: Matrix): number {
  const expected = want.to1DArray();
  const off = Math.hypot(...got.map((v, i) => v - (expected[i] ?? NaN)));
  return off / Math.hypot(...expected);
}

/** The smallest eigenvalue over the Frobenius norm. */
function floorOf(matrix: Matrix): number {
  const { realEigenvalues } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  return Math.min(...realEigenvalues) / Math.hypot(...realEigenvalues);
}

function worstError(matrices: Matrix[], floor = Math.min(...matrices.map(floorOf))): number {
  const n = matrices[0]?.rows ?? 0;
  const batch = tensor3d(matrices.flatMap((m) => m.to1DArray()), [matrices.length, n, n]); // prettier-ignore
  const { root, inverseRoot } = matrixRoots(batch, floor);
  const [roots, inverses] = [values(root), values(inverseRoot)];
  return Math.max(
    ...matrices.flatMap((m, k) => {
      const part = [k * n * n, (k + 1) * n * n] as const;
      return [
        relativeError(roots.slice(...part), power(m, 0.5)),
        relativeError(inverses.slice(...part), power(m, -0.5)),
      ];
    }),
  );
}

describe('matrix roots', () => {
  it('[MR1] are those of the diagonal for a diagonal matrix', () => {
    const { root, inverseRoot } = matrixRoots(tensor3d([9, 0, 0, 4], [1, 2, 2]), 0.4);
    [3, 0, 0, 2].forEach((v, i) => expect(values(root)[i]).toBeCloseTo(v, 4));
    [1 / 3, 0, 0, 1 / 2].forEach((v, i) => expect(values(inverseRoot)[i]).toBeCloseTo(v, 4));
  });

  const families = [
    ['spread evenly on a log scale', (u: number, condition: number) => condition ** -u],
    ['one large, the rest small', (u: number, condition: number) => (u < 0.1 ? 1 : 1 / condition)],
    ['all but equal', (u: number) => 1 + 1e-6 * u],
  ] as const;
  it.each(families)(
    '[MR2] are within 1 %% of float64 to condition number 1e5, eigenvalues %s',
    (...family) => {
      const [, eigenvalue] = family;
      const random = randomNumbers(7);
      const scales = [1e-3, 1, 1e4];
      const sizes = [
        [4, 150],
        [8, 120],
        [16, 50],
        [32, 14],
      ] as const; // prettier-ignore; 334 matrices a family
      for (const [n, count] of sizes) {
        const matrices = Array.from({ length: count }, (_, k) => {
          const condition = 10 ** (5 * Math.abs(random()));
          const eigenvalues = Array.from({ length: n }, (_, i) => eigenvalue(i / (n - 1), condition));
          return withEigenvalues(eigenvalues, random).mul(scales[k % 3] ?? 1);
        });
        expect(worstError(matrices)).toBeLessThan(0.01);
      }
    },
  );

  it('[MR3] hold for 128 channels and condition number 1e5', () => {
    const eigenvalues = Array.from({ length: 128 }, (_, i) => 1e5 ** (-i / 127));
    expect(worstError([withEigenvalues(eigenvalues, randomNumbers(8))])).toBeLessThan(0.01);
  });

  it('[MR4] are as good with a floor that is far too low, and near where it is somewhat too high', () => {
    const eigenvalues = Array.from({ length: 32 }, (_, i) => 1e3 ** (-i / 31));
    const matrix = withEigenvalues(eigenvalues, randomNumbers(9));
    const floor = floorOf(matrix);
    expect(worstError([matrix], floor / 100)).toBeLessThan(0.001);
    expect(worstError([matrix], 4 * floor)).toBeLessThan(0.01);
  });
});
