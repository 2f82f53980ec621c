import { dispose as disposeTensors } from '@tensorflow/tfjs-core';
import { LRUCache } from 'lru-cache';
import { mapLevels, type Levels } from '../../app/models/levels';
import { disposeStyle, type Style } from '../../app/models/style';
import type { Networks } from '../../app/models/weights';
import { applyEdit, atStrength, disposeEdit, type FeatureEdit } from '../norm';
import { keepColour } from './colour';
import { compile, type WeightedStyle } from './compile';
import { pause, type Control } from './control';
import {
  decodeTile,
  disposeEncoded,
  disposeTiles,
  encodePicture,
  residualOf,
  type EncodedPicture,
} from './encoded-picture';
import { Stopped } from './failure';
import { composite } from './mask';
import { sizeAt, toPixels, type Pixels, type Size } from './pixels';
import type { PictureId, Request, Stage, StageTimes } from './request';

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
    const weighted: WeightedStyle[] = [];
    for (const { picture, weight } of wanted) {
      weighted.push({ style: await styleOf(picture, request.styleSize, control), weight });
    }
    await pause(control, 'normalising', 0);
    const edit = compile(networks, request.norm, photo.statistics, weighted);
    edits.set(key, edit);
    return edit;
  }

  /** Every tile under the edits, at the request's strength, put together: [H * W * 3]. */
  async function render(
    photo: EncodedPicture,
    full: Levels<FeatureEdit>,
    alpha: number,
    control: Control,
  ): Promise<Float32Array> {
    const { pixels, tiles } = photo;
    const rgb = new Float32Array(pixels.width * pixels.height * 3);
    const passes = tiles.length * (alpha < 1 ? 2 : 1);
    const edits = mapLevels(full, (edit) => atStrength(edit, alpha));
    try {
      let finished = 0;
      const between = (done: number) => pause(control, 'decoding', (finished + done) / passes);
      for (const tile of tiles) {
        const features = mapLevels(tile.features, (map, level) => applyEdit(map, edits[level]));
        runs.decode++;
        const part = await decodeTile(networks, features, tile, between).finally(() =>
          disposeTensors(features),
        );
        finished++;
        if (alpha < 1) {
          if (!tile.residual) runs.decode++;
          const residual = await residualOf(networks, photo, tile, between);
          for (let i = 0; i < part.length; i++) part[i] = (part[i] ?? 0) + (1 - alpha) * (residual[i] ?? 0);
          finished++;
        }
        const { inner } = tile;
        for (let y = 0; y < inner.height; y++) {
          const row = part.subarray(y * inner.width * 3, (y + 1) * inner.width * 3);
          rgb.set(row, ((inner.top + y) * pixels.width + inner.left) * 3);
        }
      }
    } finally {
      disposeEdits(edits);
    }
    return rgb;
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
      const rgb = await render(photo, edit, request.strength, control);
      if (request.keepColour) keepColour(rgb, originalColours(photo.pixels));
      if (request.mask !== undefined) {
        composite(rgb, photo.pixels, await sourceOf(request.mask).draw(photo.pixels));
      }
      return toPixels(rgb, photo.pixels);
    });
    return { pixels, times };
  }

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
      last = last.then(() => {
        // after the run that may be using them
        for (const cache of [photos, styles]) {
          for (const key of [...cache.keys()]) if (key.startsWith(`${picture}@`)) cache.delete(key);
        }
        const style = given.get(picture);
        given.delete(picture);
        if (style) disposeStyle(style);
      });
    },
    stylise(request, control = {}) {
      const mine = last.then(() => run(request, control));
      last = mine.catch(() => undefined); // its caller hears of it
      return mine;
    },
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
