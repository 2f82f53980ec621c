import { describe, expect, it } from 'vitest';
import { looksLikeRecord, readRecord, recordOf } from './record';
import { DEFAULTS } from './settings-slice';
import { linkOf, setupInLink, type Setup } from './setup';

const setup: Setup = {
  settings: { ...DEFAULTS, strength: 0.8, colour: 'recolour', norm: 'wct' },
  styles: [
    { ref: { kind: 'preset', id: 'monet' }, weight: 0.75 },
    { ref: { kind: 'preset', id: 'dürer' }, weight: 0.25 },
  ],
  regions: [],
  unpainted: 'photo',
};
const record = recordOf({
  madeAt: '2026-01-01T00:00:00.000Z',
  photo: { name: 'a.jpg', width: 4, height: 3 },
  result: { width: 4, height: 3, tookMs: 9 },
  engine: 'wasm',
  setup,
});

function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
}

describe('a link', () => {
  it('brings settings and presets back', () => {
    expect(setupInLink(linkOf(setup))).toEqual({ setup, leftOut: { styles: 0, regions: 0 } });
  });

  it('of an older version, which does not say what it lacks, still opens', () => {
    const { settings, styles } = setup;
    const old = `#s1=${btoa(JSON.stringify({ settings, styles: styles.slice(0, 1) }))}`;
    expect(setupInLink(old)).toMatchObject({
      setup: { styles: styles.slice(0, 1) },
      leftOut: { styles: 0, regions: 0 },
    });
  });

  it('of when 128 channels were whitened together whitens all that there are', () => {
    const { settings, styles } = setup;
    const old = `#s1=${btoa(JSON.stringify({ settings: { ...settings, groupSize: 128 }, styles: styles.slice(0, 1) }))}`;
    expect(setupInLink(old)).toMatchObject({ setup: { settings: { groupSize: 64 } } });
    const odd = `#s1=${btoa(JSON.stringify({ settings: { ...settings, groupSize: 48 }, styles: styles.slice(0, 1) }))}`;
    expect(setupInLink(odd)).toBe('damaged');
  });

  it('holds neither pictures, nor statistics, nor masks', () => {
    const own: Setup = {
      ...setup,
      styles: [{ ref: { kind: 'picture', name: 'secret.jpg' }, weight: 1 }],
      regions: [
        { styles: [], mask: 'data:image/png;base64,AAAA' },
        { styles: [], mask: null }, // not painted: nothing is lost
      ],
    };
    expect(atob(linkOf(own).slice(4))).not.toMatch(/secret|base64/);
    expect(setupInLink(linkOf(own))).toMatchObject({
      setup: { styles: [], regions: [] },
      leftOut: { styles: 1, regions: 1 },
    });
  });

  it('brings the wall along while it is shown, and only what a wall can be', () => {
    const pane = { norm: 'wct', groupSize: 16, strength: 0.5 } as const;
    const wall = { panes: [pane, { ...pane, norm: 'in' as const }], order: 'style' as const, shown: true };
    expect(setupInLink(linkOf({ ...setup, wall }))).toMatchObject({ setup: { ...setup, wall } });
    expect(setupInLink(linkOf({ ...setup, wall: { ...wall, shown: false } }))).toMatchObject({ setup });
    expect(linkOf({ ...setup, wall: { ...wall, shown: false } })).toBe(linkOf(setup));
    expect(setupInLink(linkOf({ ...setup, wall: { ...wall, panes: [pane] } }))).toBe('damaged');
  });

  it('of a newer version is said to be newer, a damaged one damaged, another fragment nothing', () => {
    expect(setupInLink(linkOf(setup).replace('#s1', '#s2'))).toBe('newer');
    expect(setupInLink('#s1=%%%')).toBe('damaged');
    expect(setupInLink(`#s1=${btoa('{"settings":{"strength":9}}')}`)).toBe('damaged');
    expect(setupInLink('#about')).toBeNull();
    expect(setupInLink('')).toBeNull();
  });

  it('with any letter changed is read or refused, never an error, and never leaves its limits', () => {
    const link = linkOf(setup);
    const next = random(5);
    for (let round = 0; round < 500; round++) {
      const at = 4 + Math.floor(next() * (link.length - 4));
      const letter = String.fromCharCode(33 + Math.floor(next() * 90));
      const read = setupInLink(link.slice(0, at) + letter + link.slice(at + 1));
      if (read === null || typeof read === 'string') continue;
      const { settings } = read.setup;
      expect(settings.strength).toBeGreaterThanOrEqual(0);
      expect(settings.strength).toBeLessThanOrEqual(1);
      expect(settings.workingSize).toBeLessThanOrEqual(4096);
    }
  });
});

describe('a record', () => {
  it('brings back how a picture was made', () => {
    expect(looksLikeRecord(record)).toBe(true);
    expect(readRecord(record, 'a.json')).toEqual(setup);
  });

  it('that is foreign, newer or damaged says so', () => {
    const why = (text: string) => readRecord(text, 'a.json');
    expect(why('{}')).toMatchObject({ why: 'foreign' });
    expect(why(record.replace('record/1', 'record/2'))).toMatchObject({ why: 'newer' });
    expect(why(record.slice(0, -20))).toMatchObject({ why: 'damaged' });
    expect(why(record.replace('"strength": 0.8', '"strength": 80'))).toMatchObject({ why: 'damaged' });
    expect(why(record.replace('"mask": ', '"script": '))).toEqual(setup); // what is unknown is left out
  });

  it('knows a style of networks that are no more by its name only', () => {
    const level = { cells: 9, mean: 'AAAA', covariance: 'AAAA' };
    const data = { name: 'Reeds', levels: { fine: level, coarse: level } };
    const old = { ...setup, styles: [{ ref: { kind: 'data', data }, weight: 1 }] };
    const text = JSON.stringify({ ...JSON.parse(record), setup: old });
    const styles = [{ ref: { kind: 'picture', name: 'Reeds' }, weight: 1 }];
    expect(readRecord(text, 'a.json')).toEqual({ ...setup, styles });
  });

  it('takes masks as pictures only, never as an address', () => {
    const painted = { ...setup, regions: [{ styles: setup.styles, mask: 'https://example.org/a.png' }] };
    const text = JSON.stringify({ ...JSON.parse(record), setup: painted });
    expect(readRecord(text, 'a.json')).toMatchObject({ why: 'damaged' });
  });
});
