import { LRUCache } from 'lru-cache';
import { disposeStyle, type Contrast } from '../../app/models/style';
import { pause, type Control } from './control';
import { contrastOf } from './detail';
import type { EncodedPicture } from './encoded-picture';
import type { Library } from './library';
import { coverage } from './mask';
import { opaque } from './pixels';
import { amongThemselves, regionStatistics, sharesOf, type RegionStatistics } from './regions';
import type { Request } from './request';

/** What the masks of a request make of a photo. */
export interface Painted {
  readonly shares: readonly Float32Array[]; // one a region, then what is left: what the networks paint
  readonly covers?: readonly Float32Array[]; // where that is not what the finished picture has of them
  readonly statistics: readonly RegionStatistics[]; // of the photo in each; none of a rest that is the photo
  readonly contrasts: readonly Contrast[];
}

/** Draws and measures what is painted, and keeps the last few. */
export function createPainted(library: Library) {
  const kept = new LRUCache<string, Painted>({ max: 4, dispose: disposePainted });

  async function of(request: Request, photo: EncodedPicture, control: Control): Promise<Painted> {
    const regions = request.regions ?? [];
    const key = JSON.stringify([placeKey(request), regions.map(({ mask }) => mask), request.unpainted]);
    const known = kept.get(key);
    if (known) return known;
    const { width, height } = photo.pixels;
    const wait = () => pause(control, 'normalising', 0);
    const masks: Float32Array[] = [];
    for (const { mask } of regions) {
      masks.push(coverage(await library.sourceOf(mask).draw({ width, height })));
    }
    const shares = sharesOf(masks, width * height);
    const all = [...shares.regions, shares.rest];
    const photoOnly = request.unpainted !== 'styles';
    const rgb = opaque(photo.pixels);
    const contrasts: Contrast[] = [];
    const styled = photoOnly ? shares.regions : all;
    for (const one of styled) contrasts.push(await contrastOf(rgb, photo.pixels, wait, one));
    const statistics = styled.map((one) => regionStatistics(photo, one)); // last: nothing waits any more, and might be stopped
    const alone = photoOnly ? amongThemselves(shares) : shares;
    const made = {
      shares: [...alone.regions, alone.rest],
      ...(photoOnly && { covers: all }),
      statistics,
      contrasts,
    };
    kept.set(key, made);
    return made;
  }

  return { of, dispose: () => kept.clear() };
}

/** The photo of a request, at its size. */
export function placeKey({ content, contentSize }: Request): string {
  return `${content}@${contentSize}`;
}

function disposePainted({ statistics }: Painted): void {
  for (const one of statistics) disposeStyle(one);
}
