import type { Stylist } from '../../src/pipeline/client';
import type { Picture } from './pictures-slice';
import { stylesIn } from './regions-slice';
import type { AppState } from './store';

/** The opened pictures that are alive: a bitmap on the page, a name on the worker's side. */
export interface HeldPictures {
  add(picture: Picture): void;
  letGo(picture: Pick<Picture, 'id' | 'preview'>): void;
  /** Lets go of those that nothing on the page uses, or offers to bring back. */
  sweep(): void;
}

export function heldPictures(stylist: Stylist, get: () => AppState): HeldPictures {
  const alive = new Set<Picture>();

  function letGo({ id, preview }: Pick<Picture, 'id' | 'preview'>): void {
    stylist.forget(id);
    preview.close();
  }

  function used(): ReadonlySet<unknown> {
    const { photo, recentStyles, wayBack } = get();
    const styles = [...stylesIn(get()), ...stylesIn(wayBack?.setup ?? {})].map(({ style }) => style);
    const own = styles.map((style) => (style.kind === 'own' ? style.own : null));
    return new Set([photo, wayBack?.photo, ...recentStyles, ...(wayBack?.recentStyles ?? []), ...own]);
  }

  return {
    add: (picture) => void alive.add(picture),
    letGo,
    sweep() {
      const kept = used();
      for (const picture of [...alive].filter((one) => !kept.has(one))) {
        alive.delete(picture);
        get().dropStepsOf(picture.id);
        get().dropResultsOf(picture.id);
        letGo(picture);
      }
    },
  };
}
