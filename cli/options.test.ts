import { describe, expect, test } from 'vitest';
import { BadInput } from './bad-input';
import { parseOptions, type StylizeOptions } from './options';

const ENOUGH = ['--content', 'photo.jpg', '--style', 'a.jpg', '--out', 'out.png'];

function parsed(...args: string[]): StylizeOptions {
  const result = parseOptions(['stylize', ...args]);
  if (result.kind !== 'stylize') throw new Error('expected options');
  return result.options;
}

function complaint(...args: string[]): string {
  try {
    parseOptions(args);
  } catch (error) {
    if (error instanceof BadInput) return error.message;
    throw error;
  }
  throw new Error('expected a complaint');
}

test('three options are enough; the rest has defaults', () => {
  expect(parsed(...ENOUGH)).toEqual({
    content: 'photo.jpg',
    out: 'out.png',
    styles: [{ kind: 'file', path: 'a.jpg', weight: 1 }],
    norm: { id: 'adain' },
    strength: 1,
    keepColour: false,
    detail: 0.75,
    size: 512,
    styleSize: 512,
    backend: 'wasm',
    enlarge: false,
    json: false,
  });
});

test('every option arrives', () => {
  const args =
    '--norm wct --group-size 16 --strength 0.6 --detail 0.2 --keep-color --size 0 --style-size 256 --mask m.png';
  expect(parsed(...ENOUGH, ...args.split(' '), '--backend', 'cpu', '--json')).toMatchObject({
    norm: { id: 'wct', groupSize: 16 },
    strength: 0.6,
    keepColour: true,
    detail: 0.2,
    size: 0,
    styleSize: 256,
    mask: 'm.png',
    backend: 'cpu',
    json: true,
  });
});

test('weights are scaled to sum to 1', () => {
  expect(parsed(...ENOUGH, '--style', 'b.jpg', '--weights', '3,1').styles).toEqual([
    { kind: 'file', path: 'a.jpg', weight: 0.75 },
    { kind: 'file', path: 'b.jpg', weight: 0.25 },
  ]);
});

test('styles without weights share equally', () => {
  const shares = parsed(...ENOUGH, '--style', 'b.jpg').styles.map(({ weight }) => weight);
  expect(shares).toEqual([0.5, 0.5]);
});

test('norm in needs no style', () => {
  expect(parsed('--content', 'photo.jpg', '--out', 'out.png', '--norm', 'in').styles).toEqual([]);
});

test('both spellings of the command are known', () => {
  expect(parseOptions(['stylise', ...ENOUGH]).kind).toBe('stylize');
});

test('--help lists every option and an example', () => {
  const help = parseOptions(['stylize', '--help']);
  expect(help.kind === 'help' && help.text).toMatch(/--group-size[^]*--strength[^]*--mask[^]*Examples:/);
});

describe('one sentence says what is wrong and what to do', () => {
  const stylize = (...args: string[]) => ['stylize', ...ENOUGH, ...args];
  const cases: [fact: string, args: string[], sentence: RegExp][] = [
    ['nothing asked', [], /Say what to do/],
    ['an unknown command', ['paint'], /Unknown command 'paint'/],
    ['an unknown option', stylize('--strenght', '1'), /Did you mean --strength/],
    ['help for nothing', ['help', 'zzz'], /There is help for "stylize"/],
    ['an option without its value', ['stylize', '--content'], /--content <path>' argument missing/],
    ['no content', ['stylize', '--style', 'a.jpg', '--out', 'o.png'], /--content photo\.jpg/],
    ['no out', ['stylize', '--style', 'a.jpg', '--content', 'c.jpg'], /--out out\.png/],
    ['no style', ['stylize', '--content', 'c.jpg', '--out', 'o.png'], /adain needs a style: --style/],
    ['a style for norm in', stylize('--norm', 'in'), /in takes no style/],
    ['a stray path', stylize('b.jpg'), /"b\.jpg" stands alone; give every style its own --style/],
    ['an unknown norm', stylize('--norm', 'bn'), /no norm "bn"; choose in, cin, adain, wct or din/],
    [
      'a style for cin',
      stylize('--norm', 'cin', '--preset', 'x'),
      /cin knows only .* give a --preset, and no --style/,
    ],
    [
      'no preset for cin',
      ['stylize', '--content', 'c.jpg', '--out', 'o.png', '--norm', 'cin'],
      /cin needs a --preset\.$/,
    ],
    ['a preset for in', stylize('--norm', 'in', '--preset', 'x'), /in takes no style/],
    ['a group size for another norm', stylize('--group-size', '16'), /--group-size is for --norm wct/],
    ['group size 0', stylize('--norm', 'wct', '--group-size', '0'), /from 1 up, not "0"/],
    ['too few weights', stylize('--style', 'b.jpg', '--weights', '1'), /1 shares for 2 styles/],
    ['a negative weight', stylize('--weights', '-1'), /numbers from 0 up/],
    ['weights that are all 0', stylize('--weights', '0'), /not all 0/],
    ['a weight in words', stylize('--weights', 'half'), /not "half"/],
    ['strength above 1', stylize('--strength', '1.5'), /"1\.5" does not fit/],
    ['strength below 0', stylize('--strength', '-0.1'), /"-0\.1" does not fit/],
    ['an empty strength', stylize('--strength', ''), /--strength goes from 0/],
    ['detail above 1', stylize('--detail', '2'), /--detail goes from 0 \(none\) to 1 \(all of it\), and "2"/],
    ['half a pixel', stylize('--size', '0.5'), /whole pixels/],
    ['a negative size', stylize('--style-size', '-1'), /--style-size is the short side/],
    ['an unknown backend', stylize('--backend', 'cuda'), /no backend "cuda"; choose wasm, webgpu or cpu/],
  ];
  test.each(cases)('%s', (_fact, args, sentence) => {
    const said = complaint(...args);
    expect(said).toMatch(sentence);
    expect(said).not.toContain('\n');
  });
});
