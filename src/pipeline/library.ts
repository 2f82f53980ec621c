import { LRUCache } from 'lru-cache';
import { disposeStyle, type Style } from '../../app/models/style';
import type { Networks } from '../../app/models/weights';
import type { Control } from './control';
import {
  disposeEncoded,
  disposeTiles,
  encodePhoto,
  encodePicture,
  type EncodedPicture,
} from './encoded-picture';
import { Stopped } from './failure';
import { opaque, sizeAt, type Pixels, type Size } from './pixels';
import { coloursOf, recolour, type ColourStatistics } from './recolour';
import type { PictureId, Request } from './request';
import { PIXEL_LIMIT } from './size';

/** A picture as it was opened; the engine asks for it at the sizes it needs. */
export interface Source {
  readonly size: Size; // upright, px
  readonly draw: (size: Size) => Promise<Pixels>;
  /** Called when the picture is forgotten. */
  readonly close?: () => void;
}

/** Short side at which a picture's colours are measured, px. */
const COLOUR_SIZE = 256;

/** Pictures and styles by name, with what was computed of them. */
export interface Library {
  keep(source: Source): PictureId;
  keepStyle(style: Style): PictureId;
  forget(picture: PictureId): void;
  sourceOf(picture: PictureId): Source;
  /** Whether this is a style without a picture. */
  isGiven(picture: PictureId): boolean;
  photoOf(picture: PictureId, shortSide: number, control: Control): Promise<EncodedPicture>;
  /** @param tint the picture whose colours the style's picture takes first */
  styleOf(picture: PictureId, shortSide: number, control: Control, tint?: PictureId): Promise<Style>;
  /**
   * The style that a picture lends to a request's photo. A photo in its own style is measured as the photo is,
   * without the noise in its flat parts, so that no norm finds a difference between the two.
   */
  styleFor(request: Request, picture: PictureId, control: Control, tint?: PictureId): Promise<Style>;
  /** Statistics of a picture that is not kept; the caller disposes them. */
  measure(source: Source, shortSide: number, control: Control): Promise<Style>;
  coloursOf(picture: PictureId): Promise<ColourStatistics>;
  dispose(): void;
}

/** @param encodes called whenever the encoder runs over a picture */
export function createLibrary(networks: Networks, encodes: () => void, tileSide?: number): Library {
  const sources = new Map<PictureId, Source>();
  const given = new Map<PictureId, Style>();
  const colours = new LRUCache<PictureId, ColourStatistics>({ max: 64 });
  const photos = new LRUCache<string, EncodedPicture>({ max: 4, dispose: disposeEncoded });
  const styles = new LRUCache<string, Style>({ max: 64, dispose: disposeStyle });
  let lastId = 0;
  const nextId = () => ++lastId as PictureId; // the only place where names are made

  function sourceOf(picture: PictureId): Source {
    const source = sources.get(picture);
    if (!source) throw new Stopped({ code: 'picture-forgotten' });
    return source;
  }

  async function drawn(source: Source, shortSide: number): Promise<Pixels> {
    const size = sizeAt(source.size, shortSide);
    const pixels = size.width * size.height;
    if (pixels > PIXEL_LIMIT) throw new Stopped({ code: 'picture-too-large', pixels, limit: PIXEL_LIMIT });
    return source.draw(size);
  }

  async function measured(pixels: Pixels, control: Control): Promise<Style> {
    encodes();
    const { tiles, statistics, contrast } = await encodePicture(networks, pixels, control, tileSide);
    disposeTiles(tiles);
    return { statistics, contrast };
  }

  const library: Library = {
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
      sources.get(picture)?.close?.();
      sources.delete(picture);
      colours.delete(picture);
      for (const cache of [photos, styles]) {
        for (const key of [...cache.keys()]) if (key.startsWith(`${picture}@`)) cache.delete(key);
      }
      const style = given.get(picture);
      given.delete(picture);
      if (style) disposeStyle(style);
    },
    sourceOf,
    isGiven: (picture) => given.has(picture),

    async photoOf(picture, shortSide, control) {
      const key = `${picture}@${shortSide}`;
      const known = photos.get(key);
      if (known) return known;
      const pixels = await drawn(sourceOf(picture), shortSide);
      encodes();
      const photo = await encodePhoto(networks, pixels, control, tileSide);
      photos.set(key, photo);
      return photo;
    },

    async styleOf(picture, shortSide, control, tint) {
      const key = `${picture}@${shortSide}${tint === undefined ? '' : `~${tint}`}`;
      const known = given.get(picture) ?? styles.get(key);
      if (known) return known;
      const pixels = await drawn(sourceOf(picture), shortSide);
      const tinted = tint === undefined ? pixels : inColours(pixels, await library.coloursOf(tint));
      const style = await measured(tinted, control);
      styles.set(key, style);
      return style;
    },

    styleFor({ content, contentSize, styleSize }, picture, control, tint) {
      const itself = picture === content && contentSize === styleSize && tint === undefined;
      return itself
        ? library.photoOf(content, contentSize, control)
        : library.styleOf(picture, styleSize, control, tint);
    },

    measure: async (source, shortSide, control) => measured(await drawn(source, shortSide), control),

    async coloursOf(picture) {
      const known = colours.get(picture);
      if (known) return known;
      const found = coloursOf(opaque(await drawn(sourceOf(picture), COLOUR_SIZE)));
      colours.set(picture, found);
      return found;
    },

    dispose() {
      for (const cache of [photos, styles]) cache.clear();
      for (const style of given.values()) disposeStyle(style);
      given.clear();
      sources.clear();
    },
  };
  return library;
}

/** A picture in other colours, its transparency filled as the networks would see it. */
function inColours(pixels: Pixels, wanted: ColourStatistics): Pixels {
  const rgb = opaque(pixels);
  recolour(rgb, wanted);
  const data = new Uint8ClampedArray(pixels.data.length).fill(255);
  for (let i = 0, o = 0; i < data.length; i += 4, o += 3) {
    for (let c = 0; c < 3; c++) data[i + c] = (rgb[o + c] ?? 0) * 255;
  }
  const { width, height } = pixels; // named: an ImageData's own cannot be spread
  return { width, height, data };
}
