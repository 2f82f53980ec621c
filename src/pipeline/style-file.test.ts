import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { disposeStyle, type Style } from '../../app/models/style';
import type { Networks } from '../../app/models/weights';
import { randomNumbers, randomStatistics, values } from '../norm/test-kit';
import { createEngine } from './engine';
import { failureOf } from './failure';
import { numbersIn, textOf } from './float-text';
import { parseStyleFile, styleData, styleFile, styleFrom, type StyleFile } from './style-file';
import type { PictureId } from './request';
import { drawn, photo, requestFor, shippedNetworks, useWasm, type Paint } from './test-kit';

let networks: Networks;
let style: Style;
let file: StyleFile;

beforeAll(async () => {
  await useWasm();
  networks = await shippedNetworks();
  const statistics = randomStatistics(3, networks.channels);
  style = { statistics, contrast: { lightness: 0.04, colour: 0.01 } };
  file = styleFile('Two', [{ weight: 1, style: await styleData('One', style, networks) }]);
});

const problem = (text: string): string => {
  try {
    parseStyleFile(text, 'x.json', networks);
    return 'none';
  } catch (error) {
    const failure = failureOf(error);
    return failure.code === 'style-file' ? failure.why : failure.code;
  }
};

describe('numbers as text', () => {
  it('[SF1] come back as float16 has them', () => {
    const back = numbersIn(textOf([0, 1, -2.5, 0.1]), 4);
    expect([...(back ?? [])].map((value) => value.toFixed(3))).toEqual(['0.000', '1.000', '-2.500', '0.100']);
  });

  it('[SF2] that are too few, infinite or no text at all are refused', () => {
    expect([numbersIn(textOf([1]), 2), numbersIn(textOf([1e9]), 1), numbersIn('*', 1)]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('a style file', () => {
  it('[SF3] brings the statistics back, within float16', () => {
    const parsed = parseStyleFile(JSON.stringify(file), 'x.json', networks);
    const [one] = parsed.styles;
    const back = one && styleFrom(one.style, networks);
    for (const part of ['mean', 'covariance'] as const) {
      const was = values(style.statistics[part]);
      const is = back ? values(back.statistics[part]) : [];
      was.forEach((value, i) => expect(Math.abs(value - (is[i] ?? NaN))).toBeLessThan(1e-3 * (1 + Math.abs(value)) * 2)); // prettier-ignore
    }
    expect(back?.contrast).toEqual(style.contrast);
    if (back) disposeStyle(back);
    expect(JSON.stringify(file).length).toBeLessThan(7_000);
  });

  it('[SF7] without contrast is read all the same', () => {
    const styles = file.styles.map(({ weight, style: { contrast: _, ...without } }) => ({
      weight,
      style: without,
    }));
    const [one] = parseStyleFile(JSON.stringify({ ...file, styles }), 'x.json', networks).styles;
    const back = one && styleFrom(one.style, networks);
    expect(back).toBeDefined();
    expect(back?.contrast).toBeUndefined();
    if (back) disposeStyle(back);
  });

  it('[SF4] says what is wrong with another file', () => {
    const changed = (change: object): string => JSON.stringify({ ...file, ...change });
    expect(problem('a poem')).toBe('foreign');
    expect(problem('null')).toBe('foreign');
    expect(problem('{"format":"other/1"}')).toBe('foreign');
    expect(problem(changed({ format: 'statistyle-style/4' }))).toBe('newer');
    expect(problem(changed({ format: 'statistyle-style/2' }))).toBe('other-networks');
    expect(problem('{"format":"statistyle-style/1"}')).toBe('other-networks');
    const others = file.styles.map((one) => ({ ...one, style: { ...one.style, encoder: '0'.repeat(64) } }));
    expect(problem(changed({ styles: others }))).toBe('other-networks');
    expect(problem(changed({ styles: [] }))).toBe('damaged');
    expect(problem(changed({ styles: file.styles.map((one) => ({ ...one, weight: 0 })) }))).toBe('damaged');
    expect(problem(changed({ script: 'alert(1)' }))).toBe('damaged');
    expect(problem(JSON.stringify(file).slice(0, -9))).toBe('damaged');
    expect(problem(JSON.stringify(file))).toBe('none');
  });

  it('[SF5] cut, or with any piece of it changed, is read or refused with a sentence, and leaves no tensor', () => {
    const text = JSON.stringify(file);
    const random = randomNumbers(7);
    const before = memory().numTensors;
    for (let round = 0; round < 150; round++) {
      const at = Math.floor(((random() + 1) / 2) * text.length);
      const letter = String.fromCharCode(32 + Math.floor(((random() + 1) / 2) * 95));
      const broken =
        round % 3 === 0 ? text.slice(0, at) : text.slice(0, at) + letter + text.slice(at + (round % 3));
      expect(['none', 'foreign', 'newer', 'other-networks', 'damaged']).toContain(problem(broken));
    }
    expect(memory().numTensors).toBe(before);
  });

  it('[SF8] of a flat picture whitens as the picture does: what float16 takes from its smallest eigenvalues comes back', async () => {
    const engine = createEngine(networks);
    const halves: Paint = (x) => (x < 0.5 ? [255, 0, 0] : [0, 255, 255]);
    const [content, flat] = [engine.keep(drawn(photo, 64, 64)), engine.keep(drawn(halves, 256, 256))];
    const data = await styleData('halves', await engine.styleOf(flat, 256), networks);
    const again = engine.keepStyle(styleFrom(data, networks));
    const norm = { id: 'wct', groupSize: 64 } as const;
    const made = async (style: PictureId): Promise<Uint8ClampedArray> =>
      (await engine.stylise(requestFor(content, style, { norm, styleSize: 256 }))).pixels.data;
    const [direct, filed] = [await made(flat), await made(again)];
    const apart = direct.reduce((sum, v, i) => sum + Math.abs(v - (filed[i] ?? 0)), 0) / direct.length;
    expect(apart).toBeLessThan(2);
    engine.dispose();
  });

  it('[SF6] with a negative variance is damaged: no norm could use it', () => {
    const [one] = file.styles;
    if (!one) throw new Error('there is one');
    const covariance = textOf(new Float32Array((64 * 65) / 2).fill(-1));
    const statistics = { ...one.style.statistics, covariance };
    const styles = [{ ...one, style: { ...one.style, statistics } }];
    expect(problem(JSON.stringify({ ...file, styles }))).toBe('damaged');
  });
});
