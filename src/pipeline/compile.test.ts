import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
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

/** Statistics, and an affine pair that is their own std and mean, with which CIN is AdaIN. */
async function fitted(seed: number): Promise<Style> {
  const { channels } = await shippedNetworks();
  const statistics = randomStatistics(seed, channels);
  return { statistics, affine: { gamma: stdOf(statistics), beta: statistics.mean.clone() } };
}

describe('CIN', () => {
  it('[CO1] gives the scale and shift that were learned', async () => {
    const networks = await shippedNetworks();
    const [content, style] = [(await fitted(1)).statistics, await fitted(2)];
    const learned = await compile(networks, cin, content, [{ style, weight: 1 }]);
    const adain = await compile(networks, { id: 'adain' }, content, [{ style, weight: 1 }]);
    expect(learned.mix && values(learned.mix)).toEqual(adain.mix && values(adain.mix));
    expect(values(learned.bias)).toEqual(values(adain.bias));
  });

  it('[CO2] refuses a style it was not trained on, and leaves nothing behind', async () => {
    const networks = await shippedNetworks();
    const [{ statistics }, style] = [await fitted(1), await fitted(2)];
    const before = memory().numTensors;
    const blend = [style, { statistics: style.statistics }].map((one) => ({ style: one, weight: 1 }));
    await expect(compile(networks, cin, statistics, blend)).rejects.toThrow('style-has-no-cin');
    expect(memory().numTensors).toBe(before);
    disposeStatistics(statistics);
    disposeStyle(style);
    expect(memory().numTensors).toBe(before - 6);
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

it('[CO4] WCT whitens as many channels together as its group size says', async () => {
  const networks = await shippedNetworks();
  const [content, style] = [(await fitted(1)).statistics, await fitted(2)];
  const acrossHalves = async (groupSize: number): Promise<number> => {
    const { mix } = await compile(networks, { id: 'wct', groupSize }, content, [{ style, weight: 1 }]);
    const rows = mix ? values(mix) : []; // [64, 64]
    return Math.max(...rows.filter((_, i) => i % 64 < 32 !== i < 64 * 32).map(Math.abs));
  };
  expect(await acrossHalves(32)).toBe(0);
  expect(await acrossHalves(64)).toBeGreaterThan(1e-3);
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
