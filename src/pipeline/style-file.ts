import { tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import * as v from 'valibot';
import { disposeStyle, type Style } from '../../app/models/style';
import type { Networks } from '../../app/models/weights';
import { SHRINK } from '../norm';
import { Stopped, type StyleFileProblem } from './failure';
import { numbersIn, textOf } from './float-text';
import { OLD_FORMATS, STYLE_FORMAT, StyleFileSchema, type StyleData, type StyleFile } from './style-schema';

export type { StyleData, StyleFile } from './style-schema';

/** The part of the networks that style files depend on. */
export type StyleReader = Pick<Networks, 'channels' | 'encoderDigest'>;

/** A style to plain data. Its statistics stay alive. */
export async function styleData(
  name: string,
  { statistics, affine, contrast }: Style,
  { encoderDigest }: StyleReader,
): Promise<StyleData> {
  const { count, mean, covariance } = statistics;
  return {
    name: name.slice(0, 200),
    encoder: encoderDigest,
    statistics: {
      cells: Math.max(1, count),
      mean: textOf(await mean.data()),
      covariance: textOf(upperTriangle(await covariance.data(), mean.size)),
    },
    ...(contrast && { contrast }),
    ...(affine && {
      affine: { gamma: textOf(await affine.gamma.data()), beta: textOf(await affine.beta.data()) },
    }),
  };
}

export function styleFile(
  name: string,
  styles: readonly { readonly weight: number; readonly style: StyleData }[],
): StyleFile {
  return { format: STYLE_FORMAT, name: name.slice(0, 200), styles: [...styles] };
}

/**
 * Plain data to a style, every number checked.
 * @returns a new style; the caller disposes it
 * @throws Stopped 'style-file' when another encoder measured it, or numbers are missing, infinite, or no statistics
 */
export function styleFrom(data: StyleData, { channels, encoderDigest }: StyleReader): Style {
  if (data.encoder !== encoderDigest) return refuse(data.name, 'other-networks');
  const damaged = (): never => refuse(data.name, 'damaged');
  const numbers = (text: string, count: number): Float32Array => numbersIn(text, count) ?? damaged();
  // all of it is read before the first tensor is made, so that a refusal leaves none behind
  const { cells, mean, covariance } = data.statistics;
  const full = whole(numbers(covariance, (channels * (channels + 1)) / 2), channels);
  for (let c = 0; c < channels; c++) if ((full[c * (channels + 1)] ?? -1) < 0) damaged();
  const means = numbers(mean, channels);
  const gamma = data.affine && numbers(data.affine.gamma, channels);
  const beta = data.affine && numbers(data.affine.beta, channels);
  const matrix = tensor2d(semidefinite(full, channels), [channels, channels]);
  return {
    statistics: { count: cells, mean: tensor1d(means), covariance: matrix },
    ...(data.contrast && { contrast: data.contrast }),
    ...(gamma && beta && { affine: { gamma: tensor1d(gamma), beta: tensor1d(beta) } }),
  };
}

/**
 * Reads a style file, and makes sure that each style in it can be used here.
 * @throws Stopped 'style-file' that says what is wrong with it
 */
export function parseStyleFile(text: string, name: string, networks: StyleReader): StyleFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refuse(name, text.includes('statistyle-style/') ? 'damaged' : 'foreign');
  }
  const format = typeof json === 'object' && json !== null && 'format' in json ? String(json.format) : '';
  if (!format.startsWith('statistyle-style/')) return refuse(name, 'foreign');
  if (OLD_FORMATS.includes(format)) return refuse(name, 'other-networks');
  if (format !== STYLE_FORMAT) return refuse(name, 'newer');
  const parsed = v.safeParse(StyleFileSchema, json);
  if (!parsed.success) return refuse(name, 'damaged');
  const file = parsed.output;
  if (!file.styles.some(({ weight }) => weight > 0)) return refuse(name, 'damaged');
  for (const { style } of file.styles) disposeStyle(checked(style, name, networks));
  return file;
}

function checked(style: StyleData, name: string, networks: StyleReader): Style {
  try {
    return styleFrom(style, networks);
  } catch (error) {
    if (error instanceof Stopped && error.failure.code === 'style-file') {
      return refuse(name, error.failure.why); // by the file's name, not the style's
    }
    throw error;
  }
}

function refuse(name: string, why: StyleFileProblem): never {
  throw new Stopped({ code: 'style-file', name, why });
}

/**
 * A covariance as whitening can take it. The float16 of a file may round the smallest eigenvalues of a flat picture's
 * far below 0, beyond what shrinking makes up for (wct.ts): then all that are below 0 become 0.
 *
 *     V max(L, 0) V^T,   the nearest positive semidefinite matrix (Higham 1988, theorem 2.1)
 *
 * @param covariance [C * C]
 */
function semidefinite(covariance: Float32Array, channels: number): Float32Array {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    Matrix.from1DArray(channels, channels, covariance),
    { assumeSymmetric: true },
  );
  const mean = realEigenvalues.reduce((sum, one) => sum + one, 0) / channels;
  if (Math.min(...realEigenvalues) >= (-SHRINK * mean) / 2) return covariance;
  const kept = Matrix.diag(realEigenvalues.map((one) => Math.max(0, one)));
  return Float32Array.from(eigenvectorMatrix.mmul(kept).mmul(eigenvectorMatrix.transpose()).to1DArray());
}

function upperTriangle(matrix: ArrayLike<number>, channels: number): Float32Array {
  const upper: number[] = [];
  for (let i = 0; i < channels; i++) {
    for (let j = i; j < channels; j++) upper.push(matrix[i * channels + j] ?? 0);
  }
  return Float32Array.from(upper);
}

function whole(upper: Float32Array, channels: number): Float32Array {
  const full = new Float32Array(channels * channels);
  let next = 0;
  for (let i = 0; i < channels; i++) {
    for (let j = i; j < channels; j++) {
      full[i * channels + j] = full[j * channels + i] = upper[next++] ?? 0;
    }
  }
  return full;
}
