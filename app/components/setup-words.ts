import { mixOf } from '../store/mix-slice';
import { styleName } from '../store/style';
import type { Tracked } from '../store/undo-slice';
import { NORMS } from './sentences';

/** The styles in a set-up, its norm and its strength. */
export function setupWords(
  setup: Pick<Tracked, 'settings' | 'style' | 'others' | 'regions' | 'unpainted'>,
): string {
  const { norm, strength } = setup.settings;
  const painted = setup.regions.flatMap(({ mask, styles }) => (mask ? styles : []));
  const shown = painted.length > 0 && setup.unpainted === 'photo' ? painted : [...mixOf(setup), ...painted];
  const names = [...new Set(shown.map(({ style }) => styleName(style)))].join(', ');
  return `${names}, ${NORMS.find(({ id }) => id === norm)?.name ?? ''} ${Math.round(strength * 100)}\u00a0%${painted.length > 0 ? ', painted' : ''}`;
}
