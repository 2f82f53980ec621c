import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { fromOklab, intoGamut, toOklab } from './colour';

/** First and second moments of a picture's colours, in Oklab. */
export interface ColourStatistics {
  readonly mean: readonly number[]; // lightness, a, b
  readonly covariance: readonly (readonly number[])[]; // 3 x 3
}

/** Added to every variance: a grey picture has none in a and b, and must not be stretched without bound. */
const FLOOR = 1e-5;

/**
 * Mean and covariance of the colours of a picture.
 * @param rgb    [H * W * 3], sRGB in 0..1; values outside are clipped
 * @param shares how much each pixel counts, [H * W]; by default all the same
 */
export function coloursOf(rgb: Float32Array, shares?: Float32Array): ColourStatistics {
  const total = shares?.reduce((sum, share) => sum + share, 0) ?? rgb.length / 3;
  const weightOf = (i: number): number =>
    shares && total > 0 ? (shares[i / 3] ?? 0) / total : 3 / rgb.length;
  const lab = new Float64Array(rgb.length);
  const mean = [0, 0, 0];
  for (let i = 0; i < rgb.length; i += 3) {
    const colour = toOklab(rgb[i] ?? 0, rgb[i + 1] ?? 0, rgb[i + 2] ?? 0);
    lab.set(colour, i);
    for (let c = 0; c < 3; c++) mean[c] = (mean[c] ?? 0) + (colour[c] ?? 0) * weightOf(i);
  }
  const covariance = [0, 1, 2].map((i) =>
    [0, 1, 2].map((j) => {
      let sum = 0;
      for (let p = 0; p < lab.length; p += 3) {
        sum += weightOf(p) * ((lab[p + i] ?? 0) - (mean[i] ?? 0)) * ((lab[p + j] ?? 0) - (mean[j] ?? 0));
      }
      return sum;
    }),
  );
  return { mean, covariance };
}

/** Several pictures as one, by share: within them and between them, as feature statistics pool. */
export function poolColours(
  parts: readonly { readonly colours: ColourStatistics; readonly weight: number }[],
): ColourStatistics {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const mixed = (of: (colours: ColourStatistics) => number): number =>
    parts.reduce((sum, { colours, weight }) => sum + (weight / total) * of(colours), 0);
  const mean = [0, 1, 2].map((c) => mixed((colours) => colours.mean[c] ?? 0));
  const covariance = [0, 1, 2].map((i) =>
    [0, 1, 2].map((j) =>
      mixed(({ mean: own, covariance }) => {
        const between = ((own[i] ?? 0) - (mean[i] ?? 0)) * ((own[j] ?? 0) - (mean[j] ?? 0));
        return (covariance[i]?.[j] ?? 0) + between;
      }),
    ),
  );
  return { mean, covariance };
}

/**
 * Moves a picture's colours so that they have the wanted mean and covariance, each colour as little as that
 * allows: the linear map between two Gaussians that moves the least.
 *
 *     T = A^(-1/2) (A^(1/2) B A^(1/2))^(1/2) A^(-1/2),   A, B the covariances now and wanted
 *
 * Chroma is reduced where a display cannot show it.
 *
 * @param rgb    [H * W * 3], sRGB in 0..1, written over
 * @param share  how far to go, 0..1
 * @param shares how much each pixel counts as the colours now, [H * W]
 *
 * Paper: Pitié & Kokaram 2007, "The linear Monge-Kantorovitch linear colour mapping".
 */
export function recolour(
  rgb: Float32Array,
  wanted: ColourStatistics,
  share = 1,
  shares?: Float32Array,
): void {
  const now = coloursOf(rgb, shares);
  const map = leastMoving(floored(now.covariance), floored(wanted.covariance)).to2DArray();
  const [row0 = [], row1 = [], row2 = []] = map;
  for (let i = 0; i < rgb.length; i += 3) {
    const lab = toOklab(rgb[i] ?? 0, rgb[i + 1] ?? 0, rgb[i + 2] ?? 0);
    const x = lab.map((v, c) => v - (now.mean[c] ?? 0));
    const moved = [row0, row1, row2].map((row, c) => {
      const value = (row[0] ?? 0) * (x[0] ?? 0) + (row[1] ?? 0) * (x[1] ?? 0) + (row[2] ?? 0) * (x[2] ?? 0);
      return share * (value + (wanted.mean[c] ?? 0)) + (1 - share) * (lab[c] ?? 0);
    });
    const lightness = Math.min(1, Math.max(0, moved[0] ?? 0));
    rgb.set(share > 0 ? intoGamut(lightness, moved[1] ?? 0, moved[2] ?? 0) : fromOklab(...lab), i);
  }
}

function floored(covariance: ColourStatistics['covariance']): Matrix {
  return new Matrix(covariance.map((row) => [...row])).add(Matrix.eye(3).mul(FLOOR));
}

function leastMoving(a: Matrix, b: Matrix): Matrix {
  const [root, inverse] = [power(a, 0.5), power(a, -0.5)];
  const middle = power(root.mmul(b).mmul(root), 0.5);
  return inverse.mmul(middle).mmul(inverse);
}

/** A power of a symmetric positive matrix, by its eigenvalues. */
function power(matrix: Matrix, exponent: number): Matrix {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  const scaled = Matrix.diag(realEigenvalues.map((value) => Math.max(value, 1e-12) ** exponent));
  return eigenvectorMatrix.mmul(scaled).mmul(eigenvectorMatrix.transpose());
}
