import { expect, it } from 'vitest';
import { DEFAULTS } from '../store/settings-slice';
import { setupWords } from './setup-words';

const said = (changes: Partial<typeof DEFAULTS>): string =>
  setupWords({
    settings: { ...DEFAULTS, ...changes },
    style: null,
    others: [],
    regions: [],
    unpainted: 'photo',
  }).replaceAll('\u00a0', ' ');

it('says the norm and its strength, and whatever is not as the page begins', () => {
  expect(said({})).toBe('AdaIN 100 %');
  expect(said({ norm: 'wct', groupSize: 64, strength: 0.4 })).toBe('WCT 40 %, groups of 64');
  expect(said({ groupSize: 64 })).toBe('AdaIN 100 %'); // AdaIN has no groups
  expect(said({ colour: 'recolour', detail: 0.2, workingSize: 768 })).toBe(
    'AdaIN 100 %, colours: photo, detail 20 %, 768 px',
  );
  expect(said({ secondShare: 0.5, evenStrength: true, styleSize: 256 })).toBe(
    'AdaIN 100 %, 50 % WCT, even strength, style 256 px',
  );
});
