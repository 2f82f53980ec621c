import { setThreadsCount, setWasmPaths, type BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { backend, ready, setBackend } from '@tensorflow/tfjs-core';
import { readFile } from 'node:fs/promises';
import { installKernels } from '../../app/models/wasm/install';
import { loadNetworks, type Networks } from '../../app/models/weights';
import type { ReadFile } from '../../app/models/weights-file';
import type { Source } from './engine';
import type { Pixels } from './pixels';
import { strength, type PictureId, type Request } from './request';

/** Shared by tests only: the wasm backend in Node, the shipped weights, and pictures drawn by arithmetic. */

const here = (path: string): URL => new URL(`../../${path}`, import.meta.url);

export const readWeights: ReadFile = async (name) =>
  new Uint8Array(await readFile(here(`public/weights/${name}`)));

export async function useWasm(): Promise<void> {
  setWasmPaths(here('node_modules/@tensorflow/tfjs-backend-wasm/dist/').pathname);
  setThreadsCount(1);
  await setBackend('wasm');
  await ready();
  installKernels(backend() as BackendWasm); // the one set above
}

let networks: Promise<Networks> | undefined;

/** The shipped networks, DIN's included so that tensors can be counted, loaded once a test file. */
export function shippedNetworks(): Promise<Networks> {
  return (networks ??= loadNetworks(readWeights).then(async (all) => {
    await all.din();
    return all;
  }));
}

export type Paint = (
  x: number,
  y: number,
) => readonly [red: number, green: number, blue: number, alpha?: number];

/** A picture from a function of position, both in 0..1, to colours in 0..255. */
export function draw(width: number, height: number, paint: Paint): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 4) {
      const [r, g, b, a = 255] = paint((x + 0.5) / width, (y + 0.5) / height);
      data.set([r, g, b, a], i);
    }
  }
  return { width, height, data };
}

const wave = (t: number): number => 0.5 + 0.5 * Math.sin(2 * Math.PI * t);

/** Four scenes that differ in layout: hills, a disc, columns, a diagonal. */
export const PHOTOS: readonly Paint[] = [
  (x, y) => (y > 0.5 + 0.2 * Math.sin(6 * x) ? [50 + 60 * x, 110, 40] : [150, 180 + 50 * y, 230]),
  (x, y) => (Math.hypot(x - 0.5, y - 0.5) < 0.3 ? [220, 120 * y + 60, 60] : [40, 50 + 60 * x, 70]),
  (x, y) => (wave(3 * x) > 0.5 ? [200 - 60 * y, 190, 170] : [70, 60 + 40 * y, 60]),
  (x, y) => (x + y > 1 ? [90 + 90 * x, 60, 50 + 40 * y] : [210, 200, 150 + 80 * x]),
];

/** Four textures that differ in colour and grain: stripes, dots, checks, brush strokes. */
export const PAINTINGS: readonly Paint[] = [
  (x, y) => [250 * wave(20 * (x + y)), 120 * wave(20 * (x + y)), 30],
  (x, y) => (wave(14 * x) * wave(14 * y) > 0.5 ? [20, 40, 160] : [230, 230, 240]),
  (x, y) => ((Math.floor(9 * x) + Math.floor(9 * y)) % 2 ? [10, 10, 10] : [240, 40, 40]),
  (x, y) => [60 + 80 * wave(3 * x + 5 * Math.sin(9 * y)), 140 + 90 * wave(11 * y), 90 * wave(5 * x)],
];

/** A source that is drawn afresh at every size, and counts how often. */
export function drawn(
  paint: Paint,
  width: number,
  height: number,
): Source & { readonly draws: () => number } {
  let draws = 0;
  return {
    size: { width, height },
    draw: (size) => {
      draws++;
      return Promise.resolve(draw(size.width, size.height, paint));
    },
    draws: () => draws,
  };
}

/** A request for full-strength AdaIN at the pictures' own sizes, with the given changes. */
export function requestFor(content: PictureId, style: PictureId, changes: Partial<Request> = {}): Request {
  return {
    norm: { id: 'adain' },
    content,
    styles: [{ picture: style, weight: 1 }],
    strength: strength(1),
    contentSize: 0,
    styleSize: 0,
    colour: 'style',
    ...changes,
  };
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let worst = a.length === b.length ? 0 : Infinity;
  for (let i = 0; i < a.length; i++) worst = Math.max(worst, Math.abs((a[i] ?? NaN) - (b[i] ?? NaN)));
  return worst;
}

/** One of each, and another painting. */
export const [photo, painting, other] = [PHOTOS[0], PAINTINGS[0], PAINTINGS[1]].map((paint) => paint ?? (() => [0, 0, 0] as const)) as [(typeof PHOTOS)[0], (typeof PHOTOS)[0], (typeof PHOTOS)[0]]; // prettier-ignore

/** A picture by the colour at each place, 0..1 from left and from top. */
export function colouredBy(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly [number, number, number, number?],
): Pixels {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let p = 0; p < width * height; p++) {
    const [r, g, b, alpha = 255] = colour(
      ((p % width) + 0.5) / width,
      (Math.floor(p / width) + 0.5) / height,
    );
    data.set([r, g, b, alpha], 4 * p);
  }
  return { width, height, data };
}
