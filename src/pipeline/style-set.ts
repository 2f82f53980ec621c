import { disposeStyle, type Contrast, type Style } from '../../app/models/style';
import { pool } from '../norm';
import { distance, numbersOf, readBoth, type ChannelNumbers } from './change';
import { pause, type Control } from './control';
import type { Engine } from './engine';
import { failureOf, Stopped } from './failure';
import type { Source } from './library';
import { styleData, type StyleData } from './style-file';

/** Pictures a set may have. */
export const SET_LIMITS = { least: 2, most: 200 } as const;

export interface SetMember {
  readonly name: string;
  readonly distance: number; // from the most typical one, in stds of the average photo
  readonly outlier: boolean;
}

/** Many pictures as one style. */
export interface StyleSet {
  readonly pooled: StyleData; // the moments of all pictures together
  readonly typical: StyleData; // of the picture that is nearest to all others
  readonly members: readonly SetMember[]; // in the order they came
  readonly unreadable: readonly string[];
}

/** A picture of a set, opened when its turn comes and closed after. */
export interface SetPicture {
  readonly name: string;
  open(): Promise<{ readonly source: Source; close(): void }>;
}

/**
 * Measures each picture and pools them.
 * @throws Stopped 'cancelled', or the failure of the last picture when fewer than two can be read
 */
export async function styleSet(
  engine: Engine,
  pictures: readonly SetPicture[],
  styleSize: number,
  control: Control,
): Promise<StyleSet> {
  const styles: { readonly name: string; readonly style: Style }[] = [];
  const unreadable: string[] = [];
  let lastFailure: Stopped | undefined;
  try {
    for (const [k, { name, open }] of pictures.entries()) {
      await pause(control, 'encoding', k / pictures.length);
      try {
        const { source, close } = await open();
        // progress of the whole set, not of one picture
        const quiet = control.signal ? { signal: control.signal } : {};
        const style = await engine.statisticsOf(source, styleSize, quiet).finally(close);
        styles.push({ name, style });
      } catch (error) {
        lastFailure = error instanceof Stopped ? error : new Stopped(failureOf(error));
        if (lastFailure.failure.code !== 'picture-unreadable') throw lastFailure;
        unreadable.push(name);
      }
    }
    if (styles.length < SET_LIMITS.least) throw lastFailure ?? new Stopped({ code: 'picture-forgotten' });
    const unit = await readBoth(engine.networks.average);
    const numbers: ChannelNumbers[] = [];
    for (const { style } of styles) numbers.push(await numbersOf(style.statistics));
    const { typical, distances } = mostTypical(numbers, unit);
    const outliers = outliersOf(distances);
    const middle = styles[typical];
    if (!middle) throw new Stopped({ code: 'bug', message: 'a set without a middle' });
    const pooled = pool(styles.map(({ style }) => style.statistics));
    const style = { statistics: pooled, ...pooledContrast(styles) };
    const data = await styleData(`${styles.length} pictures`, style, engine.networks);
    disposeStyle({ statistics: pooled });
    return {
      pooled: data,
      typical: await styleData(middle.name, middle.style, engine.networks),
      members: styles.map(({ name }, k) => ({
        name,
        distance: distances[k] ?? 0,
        outlier: outliers.has(k),
      })),
      unreadable,
    };
  } finally {
    for (const { style } of styles) disposeStyle(style);
  }
}

/** The root mean square of the members' contrasts: every picture counts the same. */
function pooledContrast(styles: readonly { readonly style: Style }[]): Pick<Style, 'contrast'> {
  const known = styles.flatMap(({ style: { contrast } }) => contrast ?? []);
  if (known.length < styles.length) return {};
  const root = (of: keyof Contrast): number =>
    Math.sqrt(known.reduce((sum, one) => sum + one[of] ** 2, 0) / known.length);
  return { contrast: { lightness: root('lightness'), colour: root('colour') } };
}

/** The medoid: the member whose distances to all others add up to the least. */
export function mostTypical(
  members: readonly ChannelNumbers[],
  unit: ChannelNumbers,
): { readonly typical: number; readonly distances: readonly number[] } {
  const rows = members.map((one) => members.map((other) => distance(one, other, unit)));
  const sums = rows.map((row) => row.reduce((sum, d) => sum + d, 0));
  const typical = sums.indexOf(Math.min(...sums));
  return { typical, distances: rows[typical] ?? [] };
}

/** Members beyond the third quartile by more than one and a half times the middle half (Tukey 1977). */
export function outliersOf(distances: readonly number[]): ReadonlySet<number> {
  if (distances.length < 4) return new Set();
  const sorted = [...distances].sort((a, b) => a - b);
  const quartile = (q: number): number => sorted[Math.round(q * (sorted.length - 1))] ?? 0;
  const fence = quartile(0.75) + 1.5 * (quartile(0.75) - quartile(0.25));
  return new Set(distances.flatMap((d, k) => (d > fence ? [k] : [])));
}
