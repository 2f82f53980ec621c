import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Networks } from '../../app/models/weights';
import { createEngine, type Engine } from './engine';
import { numberOf, type ChannelPortrait } from './numbers';
import { strength, type Norm, type Request } from './request';
import { drawn, PAINTINGS, PHOTOS, requestFor, shippedNetworks, useWasm } from './test-kit';

const [photo = () => [0, 0, 0] as const] = PHOTOS;
const [painting = photo, other = photo] = PAINTINGS;

let networks: Networks;
let engine: Engine;
beforeAll(async () => {
  await useWasm();
  networks = await shippedNetworks();
  engine = createEngine(networks);
});

/** A photo of 72 x 48 px and a style, and what is asked of them. */
function wish(changes: Partial<Request> = {}): Request {
  const [content, style] = [engine.keep(drawn(photo, 72, 48)), engine.keep(drawn(painting, 64, 64))];
  return requestFor(content, style, changes);
}

describe('numbers of a result', () => {
  it('[SY1] at strength 0 the photo has kept all of its content', async () => {
    const request = wish();
    const [none, full] = [
      await engine.measure({ ...request, strength: strength(0) }),
      await engine.measure(request),
    ];
    expect(none.content).toBe(0);
    expect(full.content).toBeGreaterThan(0.05);
    expect(full.style).toBeLessThan(none.style);
    expect(full.identity).toBe(none.identity);
    expect(full.identity).toBeGreaterThan(0);
    expect(full.parameters).toBe(networks.parameters.encoder + networks.parameters.decoder);
  });

  it('[SY2] a result that was just made is encoded once and not made again', async () => {
    const request = wish();
    await engine.stylise(request);
    await engine.measure(request); // once: what D(E(x)) loses of the photo
    const before = { ...engine.runs };
    await engine.stylise({ ...request, norm: { id: 'in' } });
    await engine.measure({ ...request, norm: { id: 'in' } });
    expect(engine.runs).toEqual({ encode: before.encode, decode: before.decode + 1 });
  });

  it('[SY3] all stages have taken time, although the photo was known and its edit compiled', async () => {
    const request = wish({ norm: { id: 'wct', groupSize: 64 } });
    await engine.stylise(request);
    const numbers = await engine.measure(request);
    for (const ms of Object.values(numbers.ms)) expect(ms).toBeGreaterThan(0);
    const { encoding, normalising, decoding } = numbers.ms;
    expect(numberOf(numbers, 'ms')).toBe(encoding + normalising + decoding);
  });

  it('[SY4] IN is told how far it is from a style that it does not use', async () => {
    const request = wish({ norm: { id: 'in' } });
    const style = engine.keep(drawn(other, 64, 64));
    const [one, two] = [
      await engine.measure(request),
      await engine.measure({ ...request, styles: [{ picture: style, weight: 1 }] }),
    ];
    expect(one.content).toBe(two.content);
    expect(one.style).not.toBe(two.style);
  });

  it('[SY5] tiles give the numbers of the whole', async () => {
    const inTiles = createEngine(networks, { tileSide: 64 });
    const measured = [];
    for (const each of [engine, inTiles]) {
      const [content, style] = [each.keep(drawn(photo, 150, 60)), each.keep(drawn(painting, 64, 64))];
      measured.push(await each.measure(requestFor(content, style)));
    }
    inTiles.dispose();
    const [whole, tiled] = measured;
    for (const key of ['style', 'content', 'identity'] as const) {
      expect(Math.abs((tiled?.[key] ?? NaN) / (whole?.[key] ?? NaN) - 1)).toBeLessThan(0.02); // rounding to bytes
    }
  });
});

/** Root mean square difference of two lists. */
function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? NaN) - (b[i] ?? NaN)) ** 2;
  return Math.sqrt(sum / a.length);
}

describe('what a norm did to the channels', () => {
  const norms: readonly [Norm, (keyof ChannelPortrait)[]][] = [
    [{ id: 'adain' }, ['mean', 'std']],
    [{ id: 'wct', groupSize: 64 }, ['mean', 'std', 'correlation']],
  ];
  it.each(norms)('[SY6] $id gives the edited features the style’s: %j', async (norm, same) => {
    const portrait = await engine.inspect(wish({ norm }));
    const { photo: before, style, edited } = portrait;
    for (const key of same) {
      // stds and correlations hold EPSILON and, for WCT, the shrinkage of covariances that have few cells here
      const share = key === 'mean' ? 1e-3 : 0.25;
      expect(apart(edited[key], style[key])).toBeLessThan(share * apart(before[key], style[key]));
    }
  });

  it('[SY7] at strength 0 photo and result are the same, and nothing is edited', async () => {
    const { photo, edited, result } = await engine.inspect(wish({ strength: strength(0) }));
    expect(apart(edited.mean, photo.mean)).toBeLessThan(1e-4);
    expect(apart(result.correlation, photo.correlation)).toBeLessThan(1e-4);
  });
});

it('[SY8] 50 comparisons of four norms leave as many tensors as the first', async () => {
  const own = createEngine(networks);
  const [content, style] = [own.keep(drawn(photo, 16, 16)), own.keep(drawn(painting, 16, 16))];
  const compared = async (share: number): Promise<void> => {
    for (const id of ['in', 'adain', 'wct', 'din'] as const) {
      const norm: Norm = id === 'wct' ? { id, groupSize: 8 } : { id };
      const request = requestFor(content, style, { norm, strength: strength(share) });
      await own.stylise(request);
      await own.measure(request);
    }
    await own.inspect(requestFor(content, style));
  };
  await compared(0.5);
  const before = memory().numTensors;
  for (let i = 0; i < 50; i++) await compared((i % 10) / 10);
  expect(memory().numTensors).toBe(before);
  own.dispose();
});

it('[SY9] a study that is stopped leaves nothing behind', async () => {
  const request = wish();
  await engine.measure(request);
  const before = memory().numTensors;
  for (const study of [engine.measure, engine.inspect]) {
    const stop = new AbortController();
    const onProgress = (): void => stop.abort();
    await expect(study(request, { signal: stop.signal, onProgress })).rejects.toMatchObject({
      failure: { code: 'cancelled' },
    });
  }
  expect(memory().numTensors).toBe(before);
});
