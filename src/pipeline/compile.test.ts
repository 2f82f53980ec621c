import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { mapLevels } from '../../app/models/levels';
import { disposeStyle, type Style } from '../../app/models/style';
import { WeightsError } from '../../app/models/weights-file';
import { disposeStatistics, stdOf } from '../norm';
import { randomStatistics, values } from '../norm/test-kit';
import { compile } from './compile';
import { createEngine } from './engine';
import { failureOf } from './failure';
import type { Norm } from './request';
import { drawn, PAINTINGS, PHOTOS, requestFor, shippedNetworks, useWasm } from './test-kit';

beforeAll(useWasm);

const cin: Norm = { id: 'cin' };
const black = () => [0, 0, 0] as const;

/** Statistics of both levels; the affine pair is their own std and mean, with which CIN is AdaIN. */
async function fitted(seed: number): Promise<Style> {
  const { channels } = await shippedNetworks();
  const statistics = mapLevels(channels, (count) => randomStatistics(seed, count));
  const affine = mapLevels(statistics, (level) => ({ gamma: stdOf(level), beta: level.mean.clone() }));
  return { statistics, affine };
}

describe('CIN', () => {
  it('[CO1] gives each level the scale and shift that were learned for it', async () => {
    const networks = await shippedNetworks();
    const [content, style] = [(await fitted(1)).statistics, await fitted(2)];
    const learned = await compile(networks, cin, content, [{ style, weight: 1 }]);
    const adain = await compile(networks, { id: 'adain' }, content, [{ style, weight: 1 }]);
    mapLevels(learned, ({ mix, bias }, level) => {
      expect(mix && values(mix)).toEqual(adain[level].mix && values(adain[level].mix));
      expect(values(bias)).toEqual(values(adain[level].bias));
    });
  });

  it('[CO2] refuses a style it was not trained on, and leaves nothing behind', async () => {
    const networks = await shippedNetworks();
    const [{ statistics }, style] = [await fitted(1), await fitted(2)];
    const before = memory().numTensors;
    const blend = [style, { statistics: style.statistics }].map((one) => ({ style: one, weight: 1 }));
    await expect(compile(networks, cin, statistics, blend)).rejects.toThrow('style-has-no-cin');
    expect(memory().numTensors).toBe(before);
    mapLevels(statistics, disposeStatistics);
    disposeStyle(style);
    expect(memory().numTensors).toBe(before - 12);
  });

  it('[CO3] refused by the engine, loses neither the photo nor the style', async () => {
    const engine = createEngine(await shippedNetworks());
    const [content, own] = [PHOTOS[0], PAINTINGS[0]].map((paint) =>
      engine.keep(drawn(paint ?? black, 48, 40)),
    );
    if (content === undefined || own === undefined) throw new Error('two pictures were kept');
    const error = await engine.stylise(requestFor(content, own, { norm: cin })).catch((e: unknown) => e);
    expect(failureOf(error)).toEqual({ code: 'style-has-no-cin' });
    const { encode } = engine.runs;
    expect((await engine.stylise(requestFor(content, own))).pixels.width).toBe(48);
    expect(engine.runs.encode).toBe(encode);
    const painter = engine.keepStyle(await fitted(3));
    expect((await engine.stylise(requestFor(content, painter, { norm: cin }))).pixels.width).toBe(48);
    engine.dispose();
  });
});

it('[CO4] a group size above the channels of a level whitens all of them', async () => {
  const networks = await shippedNetworks();
  const [content, style] = [(await fitted(1)).statistics, await fitted(2)];
  const whole: Norm = { id: 'wct', groupSize: 128 };
  const { fine, coarse } = await compile(networks, whole, content, [{ style, weight: 1 }]);
  expect([fine.mix?.shape, coarse.mix?.shape]).toEqual([
    [64, 64],
    [128, 128],
  ]);
  const groups: Norm = { id: 'wct', groupSize: 64 };
  const half = await compile(networks, groups, content, [{ style, weight: 1 }]);
  expect(half.fine.mix && values(half.fine.mix)).toEqual(fine.mix && values(fine.mix));
  expect(half.coarse.mix && values(half.coarse.mix)).not.toEqual(coarse.mix && values(coarse.mix));
});

it("[CO5] DIN's network that has not come yet holds nobody else up, and one that cannot be had fails its run only", async () => {
  const shipped = await shippedNetworks();
  const din = shipped.din;
  let answer: (arrived: boolean) => void = () => undefined;
  const asked = new Promise<boolean>((resolve) => (answer = resolve));
  let connected = false;
  const networks = {
    ...shipped,
    din: async () => {
      if (connected || (await asked)) return din();
      throw new WeightsError('unreachable', 'din.bin', 'no connection');
    },
  };
  const own = createEngine(networks);
  const [content, style] = [
    own.keep(drawn(PHOTOS[0] ?? black, 48, 48)),
    own.keep(drawn(PAINTINGS[0] ?? black, 48, 48)),
  ];
  const request = requestFor(content, style, { norm: { id: 'din' } });
  const waiting = own.stylise(request).catch((error: unknown) => error);
  expect((await own.stylise(requestFor(content, style))).pixels.width).toBe(48); // meanwhile
  answer(false);
  expect(failureOf(await waiting)).toEqual({ code: 'weights-unreachable', file: 'din.bin' });
  connected = true;
  expect((await own.stylise(request)).pixels.width).toBe(48);
  own.dispose();
});
