import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { toOklab } from '../src/pipeline/colour';
import { presetTable } from './presets';
import { distance, drawn, painting, photo, read, toSharp } from './testing/draw';
import { everythingIn, temporaryFolder } from './testing/folder';
import { runInProcess, type Ended } from './testing/run-in-process';

const folder = temporaryFolder();
const at = (...names: string[]): string => join(folder, ...names);
const PHOTO = photo(96, 64);

const { presets, weights } = await presetTable();
const isFitted = ({ id }: { readonly id: string }): boolean =>
  weights.some(({ name }) => name === `${id}/coarse/gamma`);
const [fitted, unfitted] = [presets.find(isFitted), presets.find((preset) => !isFitted(preset))];

beforeAll(async () => {
  await toSharp(PHOTO).png().toFile(at('photo.png'));
  await toSharp(painting(64, 64)).jpeg({ quality: 95 }).toFile(at('a.jpg'));
  await toSharp(painting(64, 64, 2))
    .jpeg({ quality: 95 })
    .toFile(at('b.jpg'));
  await writeFile(at('broken.jpg'), 'not a picture');
});

/** Restyles `photo.png` by `a.jpg`, unless the arguments say otherwise (the last of an option counts). */
async function stylize(out: string, ...more: string[]): Promise<Ended> {
  const own = ['in', '--style', '--preset'].some((word) => more.includes(word));
  const style = own ? [] : ['--style', at('a.jpg')];
  const args = [
    'stylize',
    '--content',
    at('photo.png'),
    ...style,
    '--style-size',
    '64',
    '--out',
    at(out),
    ...more,
  ];
  return runInProcess(args);
}

async function styled(out: string, ...more: string[]) {
  expect(await stylize(out, ...more)).toMatchObject({ code: 0, stderr: '' });
  return read(at(out));
}

describe('a photo comes out', () => {
  test.each(['in', 'adain', 'wct', 'din'])('restyled by %s, at its own size', async (norm) => {
    const result = await styled(`${norm}.png`, '--norm', norm);
    expect([result.width, result.height]).toEqual([96, 64]);
    expect(distance(result, PHOTO)).toBeGreaterThan(8);
  });

  test('at the short side asked for, and never scaled up', async () => {
    expect(await styled('small.png', '--size', '32')).toMatchObject({ width: 48, height: 32 });
    expect(await styled('large.png', '--size', '1000')).toMatchObject({ width: 96, height: 64 });
    expect(await styled('own.png', '--size', '0')).toMatchObject({ width: 96, height: 64 });
  });

  test('exactly as it was at strength 0', async () => {
    expect(await styled('zero.png', '--strength', '0')).toEqual(PHOTO);
  });

  test('nearer to the photo at half strength', async () => {
    const [half, full] = [await styled('half.png', '--strength', '0.5'), await styled('full.png')];
    expect(distance(half, PHOTO)).toBeLessThan(distance(full, PHOTO));
  });

  test('in its own hues with --keep-color', async () => {
    const result = await styled('colours.png', '--keep-color');
    expect(distance(result, PHOTO)).toBeGreaterThan(4);
    let turned = 0; // mean angle between the hues, radians, where there is a hue
    let coloured = 0;
    for (let i = 0; i < result.data.length; i += 4) {
      const [before, after] = [PHOTO, result].map(({ data }) => {
        const [red = 0, green = 0, blue = 0] = [...data.subarray(i, i + 3)].map((v) => v / 255);
        return toOklab(red, green, blue);
      });
      const [, a = 0, b = 0] = before ?? [];
      const [, c = 0, d = 0] = after ?? [];
      if (Math.hypot(a, b) < 0.04 || Math.hypot(c, d) < 0.04) continue;
      turned += Math.acos(Math.min(1, (a * c + b * d) / (Math.hypot(a, b) * Math.hypot(c, d))));
      coloured++;
    }
    expect(coloured).toBeGreaterThan(1000);
    expect(turned / coloured).toBeLessThan(0.05);
  });

  test('untouched where the mask is black, restyled where it is white', async () => {
    await toSharp(drawn(96, 64, (x) => (x < 48 ? [0, 0, 0] : [255, 255, 255])))
      .png()
      .toFile(at('mask.png'));
    const [result, full] = [
      await styled('masked.png', '--mask', at('mask.png')),
      await styled('unmasked.png'),
    ];
    for (let y = 0; y < 64; y++) {
      const [row, middle, end] = [y * 96, y * 96 + 48, (y + 1) * 96].map((i) => i * 4);
      expect(result.data.subarray(row, middle)).toEqual(PHOTO.data.subarray(row, middle));
      expect(result.data.subarray(middle, end)).toEqual(full.data.subarray(middle, end));
    }
  });

  test('the same for one style as for a blend that gives it everything', async () => {
    const both = ['--style', at('a.jpg'), '--style', at('b.jpg')];
    const first = await styled('first.png');
    expect(distance(await styled('all-a.png', ...both, '--weights', '2,0'), first)).toBe(0);
    expect(distance(await styled('all-b.png', ...both, '--weights', '0,1'), first)).toBeGreaterThan(1);
  });

  test('between two styles in a blend', async () => {
    const both = ['--style', at('a.jpg'), '--style', at('b.jpg')];
    const [a, b] = [await styled('a.png'), await styled('b.png', '--style', at('b.jpg'))];
    const blend = await styled('blend.png', ...both, '--weights', '0.7,0.3');
    expect(distance(blend, a)).toBeLessThan(distance(blend, b));
    expect(distance(blend, b)).toBeLessThan(distance(a, b));
  });

  test('with its transparency', async () => {
    const veiled = drawn(40, 40, (x, y) => [x * 6, y * 6, 90, Math.min(255, x * 8)]);
    await toSharp(veiled).png().toFile(at('veiled.png'));
    const { data } = await styled('alpha.png', '--content', at('veiled.png'));
    expect(data.filter((_, i) => i % 4 === 3)).toEqual(veiled.data.filter((_, i) => i % 4 === 3));
  });

  test('upright when EXIF says it lies on its side', async () => {
    await toSharp(PHOTO)
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .toFile(at('lying.jpg'));
    const result = await styled('upright.png', '--content', at('lying.jpg'), '--strength', '0');
    const upright = await toSharp(PHOTO).rotate(90).raw().toBuffer();
    expect([result.width, result.height]).toEqual([64, 96]);
    expect(distance(result, { ...result, data: new Uint8ClampedArray(upright) })).toBeLessThan(2); // JPEG's loss
  });

  test('from grey', async () => {
    await toSharp(PHOTO).toColourspace('b-w').png().toFile(at('grey.png'));
    const result = await styled('from-grey.png', '--content', at('grey.png'));
    expect([result.width, result.height]).toEqual([96, 64]);
  });

  test.each([
    [1, 1],
    [1, 300],
  ])('from %i x %i pixels', async (width, height) => {
    const name = `${width}x${height}.png`;
    await toSharp(photo(width, height)).png().toFile(at(name));
    for (const norm of ['adain', 'wct', 'din']) {
      const result = await styled(`from-${norm}-${name}`, '--content', at(name), '--norm', norm);
      expect([result.width, result.height]).toEqual([width, height]);
    }
  });
});

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

describe('presets', () => {
  test('are listed with artist and title, and each name restyles', async () => {
    const { code, stdout } = await runInProcess(['presets']);
    const lines = stdout.trim().split('\n');
    expect(code).toBe(0);
    expect(lines.length).toBeGreaterThanOrEqual(24);
    const [first = '', second = ''] = lines.map((line) => line.split('\t')[0]);
    const one = await styled('preset.png', '--preset', first);
    expect(distance(one, PHOTO)).toBeGreaterThan(8);
    expect(distance(await styled('other.png', '--preset', second), one)).toBeGreaterThan(2);
  });

  test.skipIf(!fitted)('restyle by cin, when it was fitted to them', async () => {
    const byCin = await styled('cin.png', '--norm', 'cin', '--preset', fitted?.id ?? '');
    expect(distance(byCin, PHOTO)).toBeGreaterThan(8);
  });

  test.skipIf(!unfitted)('are refused by cin in one sentence, when it was not fitted to them', async () => {
    const ended = await stylize('new/cin.png', '--norm', 'cin', '--preset', unfitted?.id ?? '');
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^Norm cin knows only the painters it was trained on; [^\n]+\n$/);
    expect(await everythingIn(folder)).not.toContain('new');
  });

  test('blend with a painting: the weights go to styles first', async () => {
    const painted = await styled('painted.png', '--style', at('a.jpg'));
    const preset = 'rozanova-blue-on-tin';
    const all = ['--style', at('a.jpg'), '--preset', preset, '--weights'];
    expect(distance(await styled('only.png', ...all, '1,0'), painted)).toBeLessThan(1);
    expect(distance(await styled('half.png', ...all, '1,1'), painted)).toBeGreaterThan(4);
  });
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
      /5 does not divide the 128 channels; choose one of 1, 2, 4/,
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
