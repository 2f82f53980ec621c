import { loadPresets } from '../app/models/presets';
import type { Engine, Source } from '../src/pipeline/engine';
import { Stopped } from '../src/pipeline/failure';
import { sizeAt } from '../src/pipeline/pixels';
import type { StyleShare } from '../src/pipeline/request';
import { readWeights } from './backend';
import { BadInput } from './bad-input';
import type { StyleWish } from './option-values';
import { drawnAhead, openPicture } from './pictures';

/** A style whose file was opened and decoded. */
export type OpenStyle = StyleWish & { readonly source?: Source };

/** Opens the files now, so that damage is found before the work starts. */
export function openStyles(styles: readonly StyleWish[], styleSize: number): Promise<OpenStyle[]> {
  return Promise.all(
    styles.map(async (style) => {
      if (style.kind === 'preset') return style;
      const source = await openPicture(style.path);
      return { ...style, source: await drawnAhead(source, sizeAt(source.size, styleSize)) };
    }),
  );
}

/** The styles in the engine's words, and whether CIN knows all of them. */
export async function keepStyles(
  engine: Engine,
  styles: readonly OpenStyle[],
): Promise<{ readonly shares: readonly StyleShare[]; readonly knownToCin: boolean }> {
  const presets = styles.some(({ kind }) => kind === 'preset') ? await loadPresets(readWeights) : [];
  let knownToCin = true;
  const shares = styles.map((style): StyleShare => {
    const { weight, source } = style;
    if (style.kind === 'file') {
      knownToCin = false;
      if (!source) throw new TypeError(`keepStyles: ${style.path} was not opened`);
      return { picture: engine.keep(source), weight };
    }
    const preset = presets.find(({ id }) => id === style.id);
    if (!preset) throw new BadInput(`There is no preset "${style.id}".`);
    knownToCin &&= preset.style.affine !== undefined;
    return { picture: engine.keepStyle(preset.style), weight };
  });
  return { shares, knownToCin };
}

/** @throws Stopped 'style-has-no-cin' */
export function demandCin(knownToCin: boolean): void {
  if (!knownToCin) throw new Stopped({ code: 'style-has-no-cin' });
}
