import type { Stylist } from '../../src/pipeline/client';
import type { PictureId } from '../../src/pipeline/request';
import { stylesIn } from './regions-slice';
import type { AppState } from './store';

/** What was opened and is alive: pictures and statistics on the worker's side, and the pictures' bitmaps on the page. */
export interface HeldPictures {
  add(picture: PictureId, preview?: ImageBitmap): void;
  letGo(picture: PictureId, preview?: ImageBitmap): void;
  /** Lets go of those that nothing on the page uses, or offers to bring back. */
  sweep(): void;
}

export function heldPictures(stylist: Stylist, get: () => AppState): HeldPictures {
  const alive = new Map<PictureId, ImageBitmap | undefined>();

  function letGo(picture: PictureId, preview?: ImageBitmap): void {
    stylist.forget(picture);
    preview?.close();
  }

  function used(): ReadonlySet<PictureId | undefined> {
    const { wayBack } = get();
    const places = [get(), ...(wayBack ? [{ ...wayBack, ...wayBack.setup }] : [])];
    return new Set(
      places.flatMap((place) => [
        place.photo?.id,
        ...place.recentStyles.map(({ id }) => id),
        ...place.loadedStyles.map(({ picture }) => picture),
        ...stylesIn(place).map(({ style }) => style.picture),
      ]),
    );
  }

  return {
    add: (picture, preview) => void alive.set(picture, preview),
    letGo,
    sweep() {
      const kept = used();
      for (const [picture, preview] of [...alive].filter(([one]) => !kept.has(one))) {
        alive.delete(picture);
        get().dropStepsOf(picture);
        get().dropResultsOf(picture);
        letGo(picture, preview);
      }
    },
  };
}
