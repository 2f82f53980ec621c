import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from './engine';
import { failureOf } from './failure';
import { progressIn, type Stage } from './request';
import {
  drawn,
  largestDifference,
  other,
  painting,
  photo,
  requestFor,
  shippedNetworks,
  useWasm,
} from './test-kit';

let engine: Engine;
beforeAll(async () => {
  await useWasm();
  engine = createEngine(await shippedNetworks());
});

describe('cancelling', () => {
  const pair = () => [engine.keep(drawn(photo, 96, 96)), engine.keep(drawn(painting, 96, 96))] as const;

  it.each(['encoding', 'normalising', 'decoding'] as const)(
    '[EN17] is heard while %s, and leaves nothing half done',
    async (at) => {
      // prettier-ignore
      const [content, style] = pair();
      const controller = new AbortController();
      const onProgress = (stage: Stage, done: number) => void ((stage !== at || done < 0.4) && at !== 'normalising' ? 0 : stage === at && controller.abort()); // prettier-ignore
      const error = await engine.stylise(requestFor(content, style), { signal: controller.signal, onProgress }).catch((e: unknown) => e); // prettier-ignore
      expect(failureOf(error)).toEqual({ code: 'cancelled' });
      const settled = memory().numTensors;
      const again = new AbortController();
      again.abort();
      await expect(engine.stylise(requestFor(content, style), { signal: again.signal })).rejects.toThrow();
      expect(memory().numTensors).toBe(settled);
      expect((await engine.stylise(requestFor(content, style))).pixels.width).toBe(96);
    },
  );

  it('[EN18] a second run waits for the first, and both are right', async () => {
    const [content, style] = pair();
    const two = engine.keep(drawn(other, 96, 96));
    const [a, b] = await Promise.all([
      engine.stylise(requestFor(content, style)),
      engine.stylise(requestFor(content, two)),
    ]);
    const [c, d] = [
      await engine.stylise(requestFor(content, style)),
      await engine.stylise(requestFor(content, two)),
    ];
    expect(largestDifference(a.pixels.data, c.pixels.data)).toBe(0);
    expect(largestDifference(b.pixels.data, d.pixels.data)).toBe(0);
  });

  it('[EN19] a picture that cannot be drawn fails its run only', async () => {
    const [content, style] = pair();
    const broken = engine.keep({
      size: { width: 9, height: 9 },
      draw: () => Promise.reject(new Error('gone')),
    });
    await expect(engine.stylise(requestFor(broken, style))).rejects.toThrow('gone');
    expect((await engine.stylise(requestFor(content, style))).pixels.height).toBe(96);
  });

  it('[EN20] progress goes through the stages, each from 0 upwards', async () => {
    const [content, style] = pair();
    const seen: [Stage, number][] = [];
    await engine.stylise(requestFor(content, style), {
      onProgress: (stage, done) => seen.push([stage, done]),
    });
    expect([...new Set(seen.map(([stage]) => stage))]).toEqual(['encoding', 'normalising', 'decoding']);
    const decoding = seen.filter(([stage]) => stage === 'decoding').map(([, done]) => done);
    expect(decoding.length).toBe(5);
    const way = seen.map(([stage, done]) => progressIn(stage, done));
    expect(way).toEqual([...way].sort((a, b) => a - b));
    expect(way.at(-1)).toBeGreaterThan(0.9);
    const encoding = seen.filter(([stage]) => stage === 'encoding').map(([, done]) => done);
    expect(Math.max(...encoding)).toBeGreaterThan(0.9);
  });
});
