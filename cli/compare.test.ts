import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { memory } from '@tensorflow/tfjs-core';
import { csvParse } from 'd3-dsv';
import { beforeAll, describe, expect, test } from 'vitest';
import { layOutWall } from '../src/pipeline/wall';
import { presetTable } from './presets';
import { distance, painting, photo, read, toSharp } from './testing/draw';
import { everythingIn, temporaryFolder } from './testing/folder';
import { runInProcess, type Ended } from './testing/run-in-process';

const folder = temporaryFolder();
const at = (...names: string[]): string => join(folder, ...names);
const PHOTO = photo(96, 64);

const fitted = (await presetTable()).presets.find(({ cin }) => cin);

beforeAll(async () => {
  await toSharp(PHOTO).png().toFile(at('photo.png'));
  await toSharp(painting(64, 64)).png().toFile(at('a.png'));
  await writeFile(at('broken.jpg'), 'not a picture');
});

async function compare(...more: string[]): Promise<Ended> {
  const style = more.includes('--preset') ? [] : ['--style', at('a.png')];
  const args = ['--content', at('photo.png'), ...style, '--style-size', '64', ...more];
  return runInProcess(['compare', ...args]);
}

interface Told {
  readonly panes: readonly Record<string, unknown>[];
  readonly differences: readonly { readonly of: readonly string[]; readonly mean: number }[];
}

test('a wall of pictures at their own size, with their numbers as JSON and CSV', async () => {
  const norms = ['--norms', 'in,adain,wct:16,din@0.5'];
  const tables = ['--json', at('n.json'), '--csv', at('n.csv')];
  const ended = await compare(...norms, '--out', at('wall.png'), ...tables);
  expect(ended).toMatchObject({
    code: 0,
    stdout: `${['wall.png', 'n.json', 'n.csv'].map((n) => at(n)).join('\n')}\n`,
  });
  const wall = await read(at('wall.png'));
  const layout = layOutWall(4, { width: 96, height: 64 });
  expect([wall.width, wall.height]).toEqual([layout.width, layout.height]);

  const { panes, differences, ...rest } = JSON.parse(await readFile(at('n.json'), 'utf8')) as Told;
  expect(rest).toMatchObject({ content: at('photo.png'), width: 96, height: 64, backend: 'wasm' });
  expect(rest).toMatchObject({ styles: [{ file: at('a.png'), weight: 1 }] });
  expect(panes.map(({ norm, groupSize, strength }) => [norm, groupSize, strength])).toEqual([
    ['in', undefined, 1],
    ['adain', undefined, 1],
    ['wct', 16, 1],
    ['din', undefined, 0.5],
  ]);
  for (const pane of panes) {
    expect(Object.keys(pane)).toEqual(
      expect.arrayContaining(['styleDistance', 'contentDistance', 'parameters']),
    );
    expect(pane['identityError']).toBe(panes[0]?.['identityError']);
  }
  expect(differences).toHaveLength(6);
  expect(differences[0]?.of).toEqual(['IN', 'AdaIN']);

  const rows = csvParse(await readFile(at('n.csv'), 'utf8'));
  expect(rows.map((row) => row['norm'])).toEqual(['IN', 'AdaIN', 'WCT', 'DIN']);
  expect(Number(rows[1]?.['style distance'])).toBeCloseTo(Number(panes[1]?.['styleDistance']), 3);
});

test('the pictures on the wall are those of stylize, and words stand under them', async () => {
  await compare('--norms', 'adain,in', '--out', at('two.png'));
  const args = ['--content', at('photo.png'), '--style', at('a.png'), '--style-size', '64'];
  await runInProcess(['stylize', ...args, '--out', at('adain.png')]);
  const [wall, adain] = [await read(at('two.png')), await read(at('adain.png'))];
  const [cell] = layOutWall(2, { width: 96, height: 64 }).cells;
  if (!cell) return expect.fail();
  const { left, top, width, height } = cell.picture;
  const cut = async (box: { left: number; top: number; width: number; height: number }) => {
    const { data } = await toSharp(wall).extract(box).raw().toBuffer({ resolveWithObject: true });
    return { width: box.width, height: box.height, data: new Uint8ClampedArray(data) };
  };
  expect(distance(await cut({ left, top, width, height }), adain)).toBe(0);
  const line = await cut({
    left,
    top: cell.name.baseline - cell.name.size,
    width: 60,
    height: cell.name.size,
  });
  expect(Math.min(...line.data)).toBeLessThan(80); // dark letters on the light wall
});

test('without --norms, all that know the style', async () => {
  await compare('--out', at('all.png'), '--json', at('all.json'));
  const { panes } = JSON.parse(await readFile(at('all.json'), 'utf8')) as Told;
  expect(panes.map(({ norm }) => norm)).toEqual(['in', 'adain', 'wct', 'din']);
});

test.skipIf(!fitted)('all five of a painter CIN was trained on', async () => {
  await compare('--preset', fitted?.id ?? '', '--out', at('five.png'), '--json', at('five.json'));
  const { panes } = JSON.parse(await readFile(at('five.json'), 'utf8')) as Told;
  expect(panes.map(({ norm }) => norm)).toEqual(['in', 'cin', 'adain', 'wct', 'din']);
});

test('five norms leave a place on the wall: the photo stands there', async () => {
  await compare('--norms', 'in,adain,wct:8,wct,din', '--out', at('with-photo.png'));
  const wall = await read(at('with-photo.png'));
  const cell = layOutWall(6, { width: 96, height: 64 }).cells[5];
  if (!cell) return expect.fail();
  const { data } = await toSharp(wall).extract(cell.picture).raw().toBuffer({ resolveWithObject: true });
  expect(distance({ width: 96, height: 64, data: new Uint8ClampedArray(data) }, PHOTO)).toBe(0);
});

test('--list-presets lists what "presets" lists', async () => {
  expect(await runInProcess(['--list-presets'])).toEqual(await runInProcess(['presets']));
});

describe('bad input: exit code 2, one sentence on stderr, nothing written', () => {
  const cases: [fact: string, sentence: RegExp, ...more: string[]][] = [
    ['an unknown norm', /no norm "wtc" in --norms/, '--norms', 'adain,wtc'],
    ['groups of a norm that has none', /Only wct has groups/, '--norms', 'adain:4'],
    ['groups that do not divide', /5, which does not divide the 64 channels/, '--norms', 'wct:5'],
    ['a strength beyond 1', /strength in --norms goes from 0/, '--norms', 'adain@2'],
    ['cin with a painting', /cin knows only the painters/, '--norms', 'cin'],
    ['a photo that is none', /broken\.jpg is not a picture/, '--content', at('broken.jpg')],
    ['a folder of photos', /one photo/, '--content', folder],
    ['a table over its input', /written over an input/, '--json', at('photo.png')],
    ['one name for two files', /cannot be two files/, '--json', at('x', 'n.csv'), '--csv', at('x', 'n.csv')],
    ['an unknown preset', /no preset "monet"/, '--preset', 'monet'],
  ];
  test.each(cases)('%s', async (_fact, sentence, ...more) => {
    const before = await everythingIn(folder);
    const { code, stdout, stderr } = await compare('--out', at('new', 'wall.png'), ...more);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(await everythingIn(folder)).toEqual(before);
  });
});

test('numbers that do not fit on the disk are told of after the work, with its own exit code', async () => {
  const ended = await compare('--norms', 'adain', '--out', at('kept.png'), '--json', '/dev/full');
  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain('/dev/full cannot be written (ENOSPC)');
  expect((await read(at('kept.png'))).width).toBeGreaterThan(96);
});

test('a group size that does not fit is named by the option it came from', async () => {
  const ended = await compare('--norms', 'wct:7', '--out', at('none.png'));
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('The group size in --norms is 7, which does not divide the 64 channels');
});

test('no tensor outlives a comparison', async () => {
  const before = memory().numTensors;
  await compare('--norms', 'adain,wct:8', '--out', at('tidy.png'));
  expect(memory().numTensors).toBe(before);
});
