import { beforeAll, describe, expect, it } from 'vitest';
import { values } from '../norm/test-kit';
import { disposeEncoded, encodePicture } from './encoded-picture';
import { createEngine, type Engine } from './engine';
import { draw, drawn, largestDifference, painting, requestFor, shippedNetworks, useWasm } from './test-kit';

const SIDE = 96;

/** A flat sky as a camera sees it: colours one step up or down, as good as at random. */
const sky = (x: number, y: number): [number, number, number] => {
  const grain = (seed: number): number =>
    Math.round(1.4 * Math.sin(4e4 * Math.sin(971 * x + 719 * y + seed)));
  return [120 + grain(0), 150 + grain(1), 190 + grain(2)];
};

let engine: Engine;
beforeAll(async () => {
  await useWasm();
  engine = createEngine(await shippedNetworks());
});

describe('noise in flat parts', () => {
  it('[EP1] of a photo is not painted as strokes', async () => {
    const [content, style] = [sky, painting].map((paint) => engine.keep(drawn(paint, SIDE, SIDE)));
    if (content === undefined || style === undefined) throw new Error('two pictures were kept');
    const { pixels } = await engine.stylise(requestFor(content, style));
    const red = Array.from({ length: SIDE * SIDE }, (_, i) => pixels.data[4 * i] ?? NaN);
    const mean = red.reduce((a, b) => a + b) / red.length;
    const spread = Math.sqrt(red.reduce((sum, v) => sum + (v - mean) ** 2, 0) / red.length);
    expect(spread).toBeLessThan(7); // 4 as it is, 20 when the encoder sees the noise
  });

  it('[EP2] of a style is the style’s', async () => {
    const { statistics } = await engine.styleOf(engine.keep(drawn(sky, SIDE, SIDE)), 0);
    const asItIs = await encodePicture(await shippedNetworks(), draw(SIDE, SIDE, sky), {});
    const [got, want] = [statistics, asItIs.statistics].map((s) => values(s.covariance));
    expect(largestDifference(got ?? [], want ?? [NaN])).toBe(0);
    disposeEncoded(asItIs);
  });
});
