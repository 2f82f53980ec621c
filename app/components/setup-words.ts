import { namesShown, paintedOf } from '../store/regions-slice';
import { DEFAULTS, type Settings } from '../store/settings-slice';
import type { Tracked } from '../store/undo-slice';
import { COLOURS, NORMS } from './sentences';

const percent = (share: number): string => `${Math.round(share * 100)}\u00a0%`;
const nameOf = (norm: Settings['norm']): string => NORMS.find(({ id }) => id === norm)?.name ?? '';

/** The styles in a set-up, its norm and its strength, and what else is not as the page begins. */
export function setupWords(setup: Omit<Tracked, 'wall'>): string {
  const { norm, strength } = setup.settings;
  const words = [
    ...namesShown(setup),
    `${nameOf(norm)} ${percent(strength)}`,
    ...otherWords(setup.settings),
    ...(paintedOf(setup).length > 0 ? ['painted'] : []),
  ];
  return words.join(', ');
}

function otherWords(settings: Settings): readonly string[] {
  const { norm, groupSize, detail, colour, styleSize, workingSize } = settings;
  const { secondNorm, secondShare, evenStrength } = settings;
  const differs = (key: keyof Settings): boolean => settings[key] !== DEFAULTS[key];
  const said: readonly (readonly [boolean, string])[] = [
    [norm === 'wct' && differs('groupSize'), `groups of ${groupSize}`],
    [secondShare > 0, `${percent(secondShare)} ${nameOf(secondNorm)}`],
    [evenStrength, 'even strength'],
    [
      differs('colour'),
      `colours: ${(COLOURS.find(({ value }) => value === colour)?.name ?? '').toLowerCase()}`,
    ],
    [differs('detail'), `detail ${percent(detail)}`],
    [differs('styleSize'), `style ${styleSize}\u00a0px`],
    [differs('workingSize'), `${workingSize}\u00a0px`],
  ];
  return said.flatMap(([so, words]) => (so ? [words] : []));
}
