import { readFile, stat } from 'node:fs/promises';
import { loadPreset } from '../app/models/presets';
import type { Engine, Source } from '../src/pipeline/engine';
import { Stopped } from '../src/pipeline/failure';
import { sizeAt } from '../src/pipeline/pixels';
import type { StyleShare } from '../src/pipeline/request';
import { parseStyleFile, styleFrom } from '../src/pipeline/style-file';
import { readWeights } from './backend';
import { BadInput } from './bad-input';
import { isStyleFile, type StyleWish } from './option-values';
import { drawnAhead, openPicture } from './pictures';
import { presetTable } from './presets';

/** A style whose file was opened: a picture that was decoded, or the text of a style file. */
export type OpenStyle =
  | Extract<StyleWish, { kind: 'preset' }>
  | { readonly kind: 'picture'; readonly weight: number; readonly source: Source }
  | { readonly kind: 'statistics'; readonly weight: number; readonly path: string; readonly text: string };

/** Six styles fill 40 kB; what is larger than this is another kind of file, bytes. */
const TEXT_LIMIT = 4e6;

/** Opens the files now, so that damage is found before the work starts. */
export function openStyles(styles: readonly StyleWish[], styleSize: number): Promise<OpenStyle[]> {
  return Promise.all(
    styles.map(async (style) => {
      if (style.kind === 'preset') return style;
      const { path, weight } = style;
      if (isStyleFile(path)) return { kind: 'statistics', weight, path, text: await textOf(path) };
      const source = await openPicture(path);
      return { kind: 'picture', weight, source: await drawnAhead(source, sizeAt(source.size, styleSize)) };
    }),
  );
}

async function textOf(path: string): Promise<string> {
  if ((await stat(path)).size > TEXT_LIMIT) {
    throw new Stopped({ code: 'style-file', name: path, why: 'foreign' });
  }
  return readFile(path, 'utf8');
}

/**
 * The styles in the engine's words, and whether CIN knows all of them. A style file brings one style or a
 * blend, which shares the file's weight.
 * @throws Stopped 'style-file'
 */
export async function keepStyles(
  engine: Engine,
  styles: readonly OpenStyle[],
): Promise<{ readonly shares: readonly StyleShare[]; readonly knownToCin: boolean }> {
  const kept = (await Promise.all(styles.map((style) => keepOne(engine, style)))).flat();
  return {
    shares: kept.map(({ picture, weight }) => ({ picture, weight })),
    knownToCin: kept.every(({ affine }) => affine),
  };
}

async function keepOne(engine: Engine, style: OpenStyle): Promise<readonly Kept[]> {
  const { weight } = style;
  switch (style.kind) {
    case 'picture':
      return [{ picture: engine.keep(style.source), weight, affine: false }];
    case 'preset': {
      const table = await presetTable();
      const listed = table.presets.find(({ id }) => id === style.id);
      if (!listed) throw new BadInput(`There is no preset "${style.id}".`);
      const preset = await loadPreset(readWeights, table, listed);
      return [{ picture: engine.keepStyle(preset), weight, affine: listed.cin }];
    }
    case 'statistics': {
      const { networks } = engine;
      const file = parseStyleFile(style.text, style.path, networks);
      const total = file.styles.reduce((sum, one) => sum + one.weight, 0);
      return file.styles.map((one) => ({
        picture: engine.keepStyle(styleFrom(one.style, networks)),
        weight: (weight * one.weight) / total,
        affine: one.style.affine !== undefined,
      }));
    }
    default:
      return style satisfies never;
  }
}

interface Kept extends StyleShare {
  readonly affine: boolean; // CIN knows it
}

/** @throws Stopped 'style-has-no-cin' */
export function demandCin(knownToCin: boolean): void {
  if (!knownToCin) throw new Stopped({ code: 'style-has-no-cin' });
}
