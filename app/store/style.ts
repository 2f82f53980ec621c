import type { StyleData } from '../../src/pipeline/style-schema';
import type { PictureId } from '../../src/pipeline/request';
import type { Picture, PresetItem } from './picture';

/** A style that is known by its statistics: from a file, or made of many pictures. */
export interface LoadedStyle {
  readonly kind: 'data';
  readonly picture: PictureId;
  readonly data: StyleData;
}

export type Style =
  | { readonly kind: 'preset'; readonly picture: PictureId; readonly preset: PresetItem }
  | { readonly kind: 'own'; readonly picture: PictureId; readonly own: Picture }
  | LoadedStyle;

/** A style of a blend. */
export interface StyleWeight {
  readonly style: Style;
  readonly weight: number; // 0..1
}

/** Whether CIN was trained on it. */
export function knownToCin(style: Style | null): boolean {
  return style?.kind === 'preset' && style.preset.knownToCin;
}

export function styleName(style: Style | null): string {
  switch (style?.kind) {
    case undefined:
      return '';
    case 'preset':
      return style.preset.artist;
    case 'own':
      return style.own.name;
    case 'data':
      return style.data.name;
    default:
      return style satisfies never;
  }
}

/** The same for the name of a file: where a painter has more than one painting, its title too. */
export function fileWords(style: Style, presets: readonly PresetItem[]): string {
  if (style.kind !== 'preset') return styleName(style);
  const { artist, title } = style.preset;
  return presets.filter((one) => one.artist === artist).length > 1 ? `${artist} ${title}` : artist;
}

/** What stands for it in lists. */
export function styleValue(style: Style | null): string {
  return style === null ? '' : style.kind === 'preset' ? style.preset.id : String(style.picture);
}
