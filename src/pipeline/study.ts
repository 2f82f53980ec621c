import { dispose } from '@tensorflow/tfjs-core';
import { LRUCache } from 'lru-cache';
import type { Networks } from '../../app/models/weights';
import { disposeEdit, disposeStatistics } from '../norm';
import { compile, type WeightedStyle } from './compile';
import { pause, type Control } from './control';
import { disposeEncoded, encodePhoto, residualOf, type EncodedPicture } from './encoded-picture';
import { goalOf } from './goal';
import { channelPortrait, editedStatistics, portraitOf } from './inspect';
import { disposeLayers, type Layer } from './looks';
import { contentDistance, identityError, parametersOf, styleDistance } from './measure';
import type { Numbers, Portrait } from './numbers';
import type { Pixels } from './pixels';
import { editedFeatures } from './render';
import type { PictureId, Request, StageTimes } from './request';

/** What the engine knows of a request, lent for as long as a study takes. */
export interface Workshop {
  photoOf(request: Request, control: Control): Promise<EncodedPicture>;
  /** The request's styles, for IN too. */
  stylesOf(request: Request, control: Control): Promise<readonly WeightedStyle[]>;
  /** @returns new layers; the study disposes them */
  layersOf(request: Request, photo: EncodedPicture, control: Control): Promise<readonly Layer[]>;
  stylise(request: Request, control: Control): Promise<Made>;
  readonly tileSide: number | undefined;
}

interface Made {
  readonly pixels: Pixels;
  readonly times: StageTimes;
}

/** Pixels of results that are kept to be measured: a dozen of half a megapixel. */
const KEPT_PIXELS = 6e6;

/** Numbers and portraits of results. A result is encoded once for either. */
export function createStudy(networks: Networks, shop: Workshop) {
  const made = new LRUCache<string, Made>({
    maxSize: KEPT_PIXELS,
    sizeCalculation: ({ pixels }) => pixels.data.length / 4,
  });
  const keyOf = (request: Request): string => `${request.content}@${JSON.stringify(request)}`;

  /** The request's result, encoded again, with what both studies need. */
  async function encodedAgain(request: Request, control: Control) {
    const { pixels, times } = made.get(keyOf(request)) ?? (await shop.stylise(request, control));
    const start = performance.now();
    const result = await encodePhoto(networks, pixels, control, shop.tileSide);
    await result.statistics.mean.data(); // a GPU works behind our back: waited for
    const encoding = performance.now() - start;
    return { result, times: { ...times, encoding } };
  }

  return {
    /** Keeps a result until it is measured. */
    remember(request: Request, result: Made): void {
      made.set(keyOf(request), result);
    },

    forget(picture: PictureId): void {
      for (const key of [...made.keys()]) if (key.startsWith(`${picture}@`)) made.delete(key);
    },

    /**
     * The numbers of a request's result; it is made first if it was not, or was long ago.
     * @throws Stopped
     */
    async measure(request: Request, control: Control): Promise<Numbers> {
      const photo = await shop.photoOf(request, control);
      const styles = await shop.stylesOf(request, control);
      const { result, times } = await encodedAgain(request, control);
      try {
        const identity = identityError();
        for (const [index, tile] of photo.tiles.entries()) {
          const between = (done: number) => pause(control, 'decoding', (index + done) / photo.tiles.length);
          identity.add(await residualOf(networks, photo, tile, between));
        }
        return {
          style: await styleDistance(result.statistics, styles),
          content: await contentDistance(photo, result),
          identity: identity.mean(),
          parameters: parametersOf(networks, request.norm.id, styles.length),
          ms: { ...times, normalising: await normalisingMs(networks, request, photo, styles) },
        };
      } finally {
        disposeEncoded(result);
      }
    },

    /**
     * Channels of photo, style, edited features and result.
     * @throws Stopped
     */
    async inspect(request: Request, control: Control): Promise<Portrait> {
      const photo = await shop.photoOf(request, control);
      const styles = await shop.stylesOf(request, control);
      const layers = await shop.layersOf(request, photo, control);
      const goal = goalOf(styles);
      const edited = editedStatistics(photo, (tile) => editedFeatures(photo, tile, layers));
      disposeLayers(layers);
      try {
        const { result } = await encodedAgain(request, control);
        try {
          return {
            photo: await portraitOf(photo.statistics),
            style: await channelPortrait(goal),
            edited: await portraitOf(edited),
            result: await portraitOf(result.statistics),
          };
        } finally {
          disposeEncoded(result);
        }
      } finally {
        disposeStatistics(edited);
        dispose(goal);
      }
    },
  };
}

/** What the norm's own step takes, whatever is kept of it: compiled once more, ms. */
async function normalisingMs(
  networks: Networks,
  { norm }: Request,
  photo: EncodedPicture,
  styles: readonly WeightedStyle[],
): Promise<number> {
  const start = performance.now();
  const edit = await compile(networks, norm, photo.statistics, styles, photo.monochrome);
  await edit.bias.data(); // a GPU works behind our back: waited for
  const ms = performance.now() - start;
  disposeEdit(edit);
  return ms;
}
