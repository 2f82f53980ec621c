import { readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadPresets } from '../app/models/presets';
import { disposeNetworks } from '../app/models/weights';
import { styleData, styleFile } from '../src/pipeline/style-file';
import { readWeights, startNetworks } from './backend';
import { presetTable } from './presets';
import { bench, PHOTO } from './testing/bench';
import { distance } from './testing/draw';
import { everythingIn } from './testing/folder';
import { runInProcess } from './testing/run-in-process';

const { folder, at, stylize, styled } = bench();
const { presets } = await presetTable();
const [fitted, unfitted] = [presets.find(({ cin }) => cin), presets.find(({ cin }) => !cin)];

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

describe('style files', () => {
  const [first, second] = presets.map(({ id }) => id);
  const preset = (id = ''): string[] => ['--preset', id];
  const file = (name: string): string[] => ['--style', at(name)];

  beforeAll(async () => {
    const networks = await startNetworks('wasm');
    const shipped = await loadPresets(readWeights);
    const share = async (id = '', weight: number) => {
      const found = shipped.find((one) => one.id === id);
      if (!found) throw new Error(`no preset ${id}`);
      return { weight, style: await styleData(id, found.style, networks) };
    };
    const save = (name: string, styles: Awaited<ReturnType<typeof share>>[]) =>
      writeFile(at(name), JSON.stringify(styleFile(name, styles)));
    await save('one.style.json', [await share(first, 1)]);
    await save('blend.style.json', [await share(first, 0.25), await share(second, 0.75)]);
    disposeNetworks(networks);
  });

  test('restyle as what they were saved from does', async () => {
    const [saved, original] = [
      await styled('f.png', ...file('one.style.json')),
      await styled('p.png', ...preset(first)),
    ];
    expect(distance(saved, original)).toBeLessThan(0.5); // float16
    expect(distance(saved, PHOTO)).toBeGreaterThan(8);
  });

  test('that hold a blend keep its shares', async () => {
    const both = [...preset(first), ...preset(second), '--weights', '0.25,0.75'];
    expect(
      distance(await styled('fb.png', ...file('blend.style.json')), await styled('pb.png', ...both)),
    ).toBeLessThan(0.5);
  });

  test('blend with a picture, and share their weight within', async () => {
    const mixed = await styled(
      'fm.png',
      ...file('a.jpg'),
      ...file('blend.style.json'),
      '--weights',
      '0.6,0.4',
    );
    const all = [...file('a.jpg'), ...preset(first), ...preset(second), '--weights', '0.6,0.1,0.3'];
    expect(distance(mixed, await styled('pm.png', ...all))).toBeLessThan(0.5);
  });

  test.skipIf(!presets[0]?.cin)('are known to CIN when what they hold is', async () => {
    const cin = ['--norm', 'cin'];
    const saved = await styled('fc.png', ...file('one.style.json'), ...cin);
    expect(distance(saved, await styled('pc.png', ...preset(first), ...cin))).toBeLessThan(0.5);
  });

  test('stand on the wall of compare, under their name', async () => {
    const args = ['--content', at('photo.png'), ...file('one.style.json'), '--norms', 'in,adain'];
    const ended = await runInProcess([
      'compare',
      ...args,
      '--out',
      at('wall.png'),
      '--json',
      at('wall.json'),
    ]);
    expect(ended.code).toBe(0);
    const told = JSON.parse(await readFile(at('wall.json'), 'utf8')) as Record<string, unknown>;
    expect(told).toMatchObject({ styles: [{ file: at('one.style.json'), weight: 1 }] });
  });

  describe('that cannot be used: exit code 2, one sentence, nothing written', () => {
    const cases: [fact: string, change: (text: string) => string, sentence: RegExp][] = [
      ['cut short', (text) => text.slice(0, 5000), /is damaged or incomplete/],
      [
        'with numbers missing',
        (text) => text.replace(/"mean":"[^"]{20}/, '"mean":"'),
        /is damaged or incomplete/,
      ],
      [
        'of a later version',
        (text) => text.replace('style/3', 'style/9'),
        /by another version of Statistyle/,
      ],
      ['of other networks', (text) => text.replace(/[0-9a-f]{64}/, 'a'.repeat(64)), /other trained networks/],
      ['another kind of JSON', () => '{"name":"package"}', /is not a style file of Statistyle/],
      ['no JSON at all', () => '\u0000\u0001', /is not a style file of Statistyle/],
      ['larger than any of ours', () => ' '.repeat(4_000_001), /is not a style file of Statistyle/],
    ];
    test.each(cases)('%s', async (_fact, change, sentence) => {
      await writeFile(at('bad.json'), change(await readFile(at('one.style.json'), 'utf8')));
      const before = await everythingIn(folder);
      const wall = ['--content', at('photo.png'), ...file('bad.json'), '--out', at('new', 'wall.png')];
      for (const ended of [
        await stylize('new/out.png', ...file('bad.json')),
        await runInProcess(['compare', ...wall]),
      ]) {
        expect(ended).toMatchObject({ code: 2, stdout: '' });
        expect(ended.stderr).toMatch(sentence);
        expect(ended.stderr).toMatch(/^[^\n]+\n$/);
      }
      expect(await everythingIn(folder)).toEqual(before);
    });
  });
});
