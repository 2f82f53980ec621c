import { namesShown, paintedOf } from '../store/regions-slice';
import type { Tracked } from '../store/undo-slice';
import { NORMS } from './sentences';

/** The styles in a set-up, its norm and its strength. */
export function setupWords(setup: Omit<Tracked, 'wall'>): string {
  const { norm, strength } = setup.settings;
  const painted = paintedOf(setup).length > 0 ? ', painted' : '';
  const name = NORMS.find(({ id }) => id === norm)?.name ?? '';
  return `${namesShown(setup).join(', ')}, ${name} ${Math.round(strength * 100)}\u00a0%${painted}`;
}
