import { mkdir, writeFile } from 'node:fs/promises';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { bench } from './testing/bench';
import { photo, read, toSharp } from './testing/draw';
import { everythingIn } from './testing/folder';
import { runInProcess } from './testing/run-in-process';

const { folder, at, stylize } = bench();

describe('a folder', () => {
  beforeAll(async () => {
    await mkdir(at('photos'));
    await toSharp(photo(40, 32)).png().toFile(at('photos', '1.png'));
    await writeFile(at('photos', '2.jpg'), 'not a picture');
    await toSharp(photo(32, 40)).jpeg().toFile(at('photos', '3.jpg'));
  });

  test('is written picture by picture; a broken file is reported and passed over, and the exit code is 1', async () => {
    const { code, stdout, stderr } = await stylize('results', '--content', at('photos'), '--json');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^.*2\.jpg was left out\. .*2\.jpg is not a picture that can be read.*\n$/);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toMatchObject([
      { out: at('results', '1.png'), width: 40 },
      { out: at('results', '3.jpg'), width: 32 },
    ]);
    expect(await everythingIn(at('results'))).toEqual(['1.png', '3.jpg']);
    expect(await read(at('results', '3.jpg'))).toMatchObject({ width: 32, height: 40 });
  });

  test('shows a bar on a terminal, and lists the results and what failed when it is gone', async () => {
    const args = ['--content', at('photos'), '--norm', 'in', '--out', at('watched')];
    const { stdout, stderr } = await runInProcess(['stylize', ...args], { terminal: true });
    expect(stderr).toMatch(/% \| \d\/3 \| /);
    expect(stderr).toMatch(/2\.jpg was left out\./);
    expect(stdout.match(/ -> /g)).toHaveLength(2);
  });
});

test('--json is one line with the sizes, the settings and the milliseconds', async () => {
  const { stdout } = await stylize(
    'told.png',
    '--norm',
    'wct',
    '--group-size',
    '16',
    '--strength',
    '0.5',
    '--json',
  );
  expect(stdout).toMatch(/^[^\n]+\n$/);
  const { ms, ...rest } = JSON.parse(stdout) as { ms: Record<string, number> };
  expect(rest).toEqual({
    content: at('photo.png'),
    out: at('told.png'),
    width: 96,
    height: 64,
    norm: 'wct',
    strength: 0.5,
    backend: 'wasm',
  });
  expect(Object.keys(ms)).toEqual(['encoding', 'normalising', 'decoding', 'total']);
  expect(ms['total']).toBeGreaterThanOrEqual((ms['encoding'] ?? 0) + (ms['decoding'] ?? 0));
});

test('without --json one plain line says what was written', async () => {
  expect((await stylize('plain.png')).stdout).toMatch(
    /photo\.png -> .*plain\.png \(96 x 64, adain, [\d.]+ s\)\n$/,
  );
});

test('--help goes to stdout', async () => {
  expect(await runInProcess(['stylize', '--help'])).toMatchObject({ code: 0, stderr: '' });
});

describe('bad input: exit code 2, one sentence on stderr, nothing written', () => {
  const cases: [fact: string, sentence: RegExp, ...more: string[]][] = [
    ['an option that does not fit', /--strength goes from 0/, '--strength', '2'],
    ['norm cin with a painting', /cin knows only the painters/, '--norm', 'cin'],
    ['an unknown preset', /no preset "monet"; perhaps monet-/, '--preset', 'monet'],
    ['a file that is not there', /There is no file/, '--content', at('none.png')],
    ['a photo that is none', /broken\.jpg is not a picture/, '--content', at('broken.jpg')],
    ['a style that is none', /broken\.jpg is not a picture/, '--style', at('broken.jpg')],
    ['a mask that is none', /broken\.jpg is not a picture/, '--mask', at('broken.jpg')],
    ['a result over its input', /written over an input/, '--out', at('photo.png')],
    ['a format that cannot be written', /does not end in/, '--out', at('new', 'out.gif')],
    [
      'a group size that divides nothing',
      /5, which does not divide the 64 channels; choose one of 1, 2, 4/,
      '--norm',
      'wct',
      '--group-size',
      '5',
    ],
  ];
  test.each(cases)('%s', async (_fact, sentence, ...more) => {
    const before = await everythingIn(folder);
    const { code, stdout, stderr } = await stylize('new/out.png', ...more);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(await everythingIn(folder)).toEqual(before);
  });
});

test('a run that was stopped leaves nothing half-written and says so', async () => {
  const stop = new AbortController();
  stop.abort();
  const args = ['stylize', '--content', at('photo.png'), '--norm', 'in', '--out', at('stopped.png')];
  const ended = await runInProcess(args, { signal: stop.signal });
  expect(ended).toMatchObject({ code: 130, stdout: '', stderr: 'Stopped; no half-written file was left.\n' });
  expect(await everythingIn(folder)).not.toContain('stopped.png');
});

test('no tensor outlives a run', async () => {
  const before = memory().numTensors;
  await stylize('tidy.png', '--norm', 'wct', '--strength', '0.5');
  expect(memory().numTensors).toBe(before);
});
