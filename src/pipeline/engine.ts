import { tidy } from '@tensorflow/tfjs-core';
import { LRUCache } from 'lru-cache';
import { mapLevels, type Levels } from '../../app/models/levels';
import { disposeStyle, type Style } from '../../app/models/style';
import type { Networks } from '../../app/models/weights';
import { applyEdit, atStrength, disposeEdit, type FeatureEdit } from '../norm';
import { keepColour } from './colour';
import { compile, type WeightedStyle } from './compile';
import { pause, type Control } from './control';
import { disposeEncoded, disposeTiles, encodePicture, type EncodedPicture } from './encoded-picture';
import { Stopped } from './failure';
import { composite } from './mask';
import type { Numbers, Portrait } from './numbers';
import { sizeAt, toPixels, type Pixels, type Size } from './pixels';
import { render } from './render';
import type { PictureId, Request, Stage, StageTimes } from './request';
import { createStudy } from './study';

/** A picture as it was opened; the engine asks for it at the sizes it needs. */
export interface Source {
  readonly size: Size; // upright, px
  readonly draw: (size: Size) => Promise<Pixels>;
}

export interface Styled {
  readonly pixels: Pixels;
  readonly times: StageTimes;
}

/** The pipeline: encode, compile, apply, decode, with everything that can be kept between runs kept. */
export interface Engine {
  /** Names a picture. The source is asked again only for another size. */
  keep(source: Source): PictureId;
  /** Names a style that is known without its picture; the engine disposes it. */
  keepStyle(style: Style): PictureId;
  forget(picture: PictureId): void;
  /**
   * Restyles one picture. Runs wait for each other; a cancelled one ends at the next layer.
   * @throws Stopped
   */
  stylise(request: Request, control?: Control): Promise<Styled>;
  /**
   * Numbers of a request's result (see measure.ts); it is made if it is not known.
   * @throws Stopped
   */
  measure(request: Request, control?: Control): Promise<Numbers>;
  /**
   * What the norm did to the channels (see inspect.ts).
   * @throws Stopped
   */
  inspect(request: Request, control?: Control): Promise<Portrait>;
  /** How often each network ran, for tests and benchmarks. */
  readonly runs: Readonly<Record<'encode' | 'decode', number>>;
  dispose(): void;
}

export interface EngineOptions {
  /** Longest side of a tile, px. */
  readonly tileSide?: number;
}

/** Largest picture that is taken, px: its floats then fill 1.2 GB. */
export const PIXEL_LIMIT = 50e6;

export function createEngine(networks: Networks, { tileSide }: EngineOptions = {}): Engine {
  const sources = new Map<PictureId, Source>();
  const given = new Map<PictureId, Style>();
  const photos = new LRUCache<string, EncodedPicture>({ max: 4, dispose: disposeEncoded });
  const styles = new LRUCache<string, Style>({ max: 64, dispose: disposeStyle });
  const edits = new LRUCache<string, Levels<FeatureEdit>>({ max: 16, dispose: disposeEdits });
  const runs = { encode: 0, decode: 0 };
  let last: Promise<unknown> = Promise.resolve();
  let lastId = 0;

  function sourceOf(picture: PictureId): Source {
    const source = sources.get(picture);
    if (!source) throw new Stopped({ code: 'picture-forgotten' });
    return source;
  }

  async function encoded(picture: PictureId, shortSide: number, control: Control): Promise<EncodedPicture> {
    const source = sourceOf(picture);
    const size = sizeAt(source.size, shortSide);
    const pixels = size.width * size.height;
    if (pixels > PIXEL_LIMIT) throw new Stopped({ code: 'picture-too-large', pixels, limit: PIXEL_LIMIT });
    runs.encode++;
    return encodePicture(networks, await source.draw(size), control, tileSide);
  }

  async function photoOf({ content, contentSize }: Request, control: Control): Promise<EncodedPicture> {
    const key = `${content}@${contentSize}`;
    const known = photos.get(key);
    if (known) return known;
    const photo = await encoded(content, contentSize, control);
    photos.set(key, photo);
    return photo;
  }

  async function styleOf(picture: PictureId, styleSize: number, control: Control): Promise<Style> {
    const key = `${picture}@${styleSize}`;
    const known = given.get(picture) ?? styles.get(key);
    if (known) return known;
    const { tiles, statistics } = await encoded(picture, styleSize, control);
    disposeTiles(tiles);
    const style = { statistics };
    styles.set(key, style);
    return style;
  }

  async function stylesOf({ styles, styleSize }: Request, control: Control): Promise<WeightedStyle[]> {
    const weighted: WeightedStyle[] = [];
    for (const { picture, weight } of styles) {
      weighted.push({ style: await styleOf(picture, styleSize, control), weight });
    }
    return weighted;
  }

  async function editOf(
    request: Request,
    photo: EncodedPicture,
    control: Control,
  ): Promise<Levels<FeatureEdit>> {
    const wanted = request.norm.id === 'in' ? [] : request.styles;
    const key = JSON.stringify([
      request.content,
      request.contentSize,
      request.norm,
      wanted,
      request.styleSize,
    ]);
    const known = edits.get(key);
    if (known) return known;
    const weighted = request.norm.id === 'in' ? [] : await stylesOf(request, control);
    await pause(control, 'normalising', 0);
    const edit = compile(networks, request.norm, photo.statistics, weighted);
    edits.set(key, edit);
    return edit;
  }

  async function run(request: Request, control: Control): Promise<Styled> {
    const times: Record<Stage, number> = { encoding: 0, normalising: 0, decoding: 0 };
    const timed = async <T>(stage: Stage, work: () => Promise<T>): Promise<T> => {
      const start = performance.now();
      const result = await work();
      times[stage] += performance.now() - start;
      return result;
    };
    const photo = await timed('encoding', async () => {
      const photo = await photoOf(request, control);
      if (request.norm.id !== 'in') {
        for (const { picture } of request.styles) await styleOf(picture, request.styleSize, control);
      }
      return photo;
    });
    const edit = await timed('normalising', () => editOf(request, photo, control));
    const pixels = await timed('decoding', async () => {
      const rgb = await render(networks, photo, edit, request.strength, control, () => runs.decode++);
      if (request.keepColour) keepColour(rgb, originalColours(photo.pixels));
      if (request.mask !== undefined) {
        composite(rgb, photo.pixels, await sourceOf(request.mask).draw(photo.pixels));
      }
      return toPixels(rgb, photo.pixels);
    });
    return { pixels, times };
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work);
    last = mine.catch(() => undefined); // its caller hears of it
    return mine;
  }

  const study = createStudy(networks, {
    photoOf,
    stylesOf,
    stylise: run,
    tileSide,
    editedBy: async (request, photo, control) => {
      const edits = await editOf(request, photo, control);
      return ({ features }) =>
        mapLevels(features, (map, level) =>
          tidy(() => applyEdit(map, atStrength(edits[level], request.strength))),
        );
    },
  });

  const nextId = () => ++lastId as PictureId; // the only place where names are made

  return {
    runs,
    keep(source) {
      const id = nextId();
      sources.set(id, source);
      return id;
    },
    keepStyle(style) {
      const id = nextId();
      given.set(id, style);
      return id;
    },
    forget(picture) {
      sources.delete(picture);
      void inTurn(async () => {
        // after the run that may be using them
        study.forget(picture);
        for (const cache of [photos, styles]) {
          for (const key of [...cache.keys()]) if (key.startsWith(`${picture}@`)) cache.delete(key);
        }
        const style = given.get(picture);
        given.delete(picture);
        if (style) disposeStyle(style);
      });
    },
    stylise: (request, control = {}) =>
      inTurn(async () => {
        const styled = await run(request, control);
        study.remember(request, styled);
        return styled;
      }),
    measure: (request, control = {}) => inTurn(() => study.measure(request, control)),
    inspect: (request, control = {}) => inTurn(() => study.inspect(request, control)),
    dispose() {
      for (const cache of [photos, styles, edits]) cache.clear();
      for (const style of given.values()) disposeStyle(style);
      given.clear();
      sources.clear();
    },
  };
}

function disposeEdits(edits: Levels<FeatureEdit>): void {
  mapLevels(edits, disposeEdit);
}

function originalColours({ data }: Pixels): Float32Array {
  const rgb = new Float32Array((data.length / 4) * 3);
  for (let i = 0, o = 0; i < data.length; i += 4, o += 3) {
    for (let c = 0; c < 3; c++) rgb[o + c] = (data[i + c] ?? 0) / 255;
  }
  return rgb;
}
