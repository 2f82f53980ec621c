import { tidy } from '@tensorflow/tfjs-core';
import { LRUCache } from 'lru-cache';
import type { Contrast, Style } from '../../app/models/style';
import type { Networks } from '../../app/models/weights';
import {
  atStrength,
  disposeEdit,
  identityEdit,
  weightedSum,
  type FeatureEdit,
  type Statistics,
} from '../norm';
import { blended, distance, evenShare, numbersOf, readBoth, type ChannelNumbers } from './change';
import { compile } from './compile';
import { pause, type Control } from './control';
import { blendedContrast, detailGain, detailOf } from './detail';
import type { EncodedPicture } from './encoded-picture';
import type { Library } from './library';
import { createPainted, placeKey } from './painted';
import type { Basis } from './regions';
import type { Norm, PictureId, Request, StyleShare } from './request';

/** What happens to part of the picture. */
export interface Layer {
  readonly edit: FeatureEdit; // at the request's strength
  readonly strength: number; // share of the full edit that this is, 0..1
  readonly gain: Contrast; // of what the decoder loses of the photo, at full strength, 0..1
  readonly styles: readonly StyleShare[]; // none: the photo
  readonly shares?: Float32Array; // of each pixel that the networks paint, [H * W]; all of it when left out
  readonly covers?: Float32Array; // of each pixel of the finished picture, [H * W]; `shares` when left out
}

const NONE: Contrast = { lightness: 0, colour: 0 };

/** Turns requests into layers, and keeps what was compiled on the way. */
export interface Looks {
  /** @returns new layers; the caller disposes them with `disposeLayers` */
  layersOf(request: Request, photo: EncodedPicture, control: Control): Promise<readonly Layer[]>;
  dispose(): void;
}

/** Everything that a compiled edit depends on, beside the style. */
interface Place {
  readonly key: string;
  readonly statistics: Statistics;
  readonly basis: Basis;
  readonly contrast: Contrast;
  readonly monochrome: boolean; // the photo
}

export function createLooks(networks: Networks, library: Library): Looks {
  const edits = new LRUCache<string, FeatureEdit>({ max: 24, dispose: disposeEdit });
  const painted = createPainted(library);
  const numbers = new WeakMap<Statistics, ChannelNumbers>();
  let average: ChannelNumbers | undefined;

  /** One style by one norm: what a slider need not do again. */
  async function editOf(norm: Norm, place: Place, style: Style | null, name: string): Promise<FeatureEdit> {
    const key = JSON.stringify([place.key, norm, name]);
    const known = edits.get(key);
    if (known) return known;
    const edit = await compile(
      networks,
      normFor(norm, place),
      place.statistics,
      style ? [{ style, weight: 1 }] : [],
      place.monochrome,
    );
    edits.set(key, edit);
    return edit;
  }

  async function numbered(statistics: Statistics): Promise<ChannelNumbers> {
    const known = numbers.get(statistics) ?? (await numbersOf(statistics));
    numbers.set(statistics, known);
    return known;
  }

  /** How much of the full edit an even strength takes: from where the statistics are to the blend's. */
  async function evenly(
    request: Request,
    place: Place,
    styles: readonly [Style | null, number][],
  ): Promise<number> {
    average ??= await readBoth(networks.average);
    const parts: { numbers: ChannelNumbers; weight: number }[] = [];
    for (const [style, weight] of styles) {
      parts.push({ numbers: style ? await numbered(style.statistics) : average, weight });
    }
    const target = blended(parts);
    return evenShare(request.strength, distance(await numbered(place.statistics), target, average));
  }

  async function layer(
    request: Request,
    place: Place,
    styles: readonly StyleShare[],
    control: Control,
  ): Promise<Layer> {
    const total = styles.reduce((sum, { weight }) => sum + weight, 0);
    const parts: { edit: FeatureEdit; weight: number }[] = [];
    const known: [Style | null, number][] = []; // null: the average photo, where IN leads
    const contrasts: { contrast: Contrast; weight: number }[] = [];
    await pause(control, 'normalising', 0);
    for (const { norm, share } of normsOf(request)) {
      if (norm.id === 'in') {
        parts.push({ edit: await editOf(norm, place, null, ''), weight: share });
        known.push([null, share]);
        contrasts.push({ contrast: place.contrast, weight: share });
        continue;
      }
      for (const { picture, weight } of styles) {
        const style = await library.styleFor(request, picture, control, tintOf(request));
        const name = `${picture}@${request.styleSize}~${tintOf(request) ?? ''}`;
        parts.push({ edit: await editOf(norm, place, style, name), weight: (share * weight) / total });
        known.push([style, (share * weight) / total]);
        contrasts.push({ contrast: style.contrast ?? place.contrast, weight: (share * weight) / total });
      }
    }
    const strength = request.evenStrength ? await evenly(request, place, known) : request.strength;
    const mixed = tidy(() =>
      atStrength(
        weightedSum(
          parts.map(({ edit }) => edit),
          parts.map(({ weight }) => weight),
        ),
        strength,
      ),
    );
    const gain = detailGain(place.contrast, blendedContrast(contrasts), detailOf(request));
    return { edit: mixed, strength, gain, styles };
  }

  return {
    async layersOf(request, photo, control) {
      const regions = request.regions ?? [];
      const key = placeKey(request);
      const { monochrome } = photo;
      if (regions.length === 0) {
        const whole: Place = {
          key,
          statistics: photo.statistics,
          basis: 'covariance',
          contrast: photo.contrast,
          monochrome,
        };
        return [await layer(request, whole, request.styles, control)];
      }
      const { shares, statistics, contrasts, covers } = await painted.of(request, photo, control);
      const layers: Layer[] = [];
      try {
        for (const [k, share] of shares.entries()) {
          const measured = statistics[k];
          const cover = covers && { covers: covers[k] ?? share };
          if (!measured) {
            const edit = identityEdit(networks.channels);
            layers.push({ edit, strength: 0, gain: NONE, shares: share, styles: [], ...cover });
            continue;
          }
          const masks = regions.map(({ mask }) => mask).join();
          const contrast = contrasts[k] ?? photo.contrast;
          const place = { key: `${key}/${masks}/${k}`, ...measured, contrast, monochrome };
          const styles = regions[k]?.styles ?? request.styles;
          layers.push({ ...(await layer(request, place, styles, control)), shares: share, ...cover });
        }
      } catch (error) {
        disposeLayers(layers);
        throw error;
      }
      return layers;
    },
    dispose() {
      edits.clear();
      painted.dispose();
    },
  };
}

/** Too few cells for a covariance: whitening falls back to its diagonal, which is AdaIN. */
function normFor(norm: Norm, { basis }: Place): Norm {
  return norm.id === 'wct' && basis === 'variances' ? { id: 'wct', groupSize: 1 } : norm;
}

export function normsOf({ norm, second }: Request): readonly { norm: Norm; share: number }[] {
  if (!second || second.share === 0) return [{ norm, share: 1 }];
  return [
    { norm, share: 1 - second.share },
    { norm: second.norm, share: second.share },
  ];
}

/** The picture whose colours the styles' pictures take before they are measured. */
export function tintOf({ colour, content }: Request): PictureId | undefined {
  return colour === 'recolour' ? content : undefined;
}

/** Whether this is the photo itself, which is laid over what the networks paint. */
export const isBare = ({ styles, covers }: Layer): boolean => covers !== undefined && styles.length === 0;

/** Share of the full edit in what is styled: the mean over the layers but the photo's own, by how much they cover. */
export function strengthOf(layers: readonly Layer[]): number {
  const styled = layers.filter((layer) => !isBare(layer));
  const areas = styled.map(({ shares, covers = shares }) => covers?.reduce((sum, one) => sum + one, 0) ?? 1);
  const total = areas.reduce((sum, one) => sum + one, 0);
  if (total === 0) return 0;
  return styled.reduce((sum, { strength }, k) => sum + (strength * (areas[k] ?? 0)) / total, 0);
}

export function disposeLayers(layers: readonly Layer[]): void {
  for (const { edit } of layers) disposeEdit(edit);
}
