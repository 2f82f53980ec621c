import type { PictureId } from '../../src/pipeline/request';
import { withWeight } from './shares';
import type { AppState } from './store';
import type { StateCreator } from 'zustand/vanilla';
import { knownToCin, type StyleWeight } from './style';

/** Styles a blend may have. */
export const MOST_STYLES = 6;

export interface MixSlice {
  /** Styles blended into the chosen one, which has what is left of 1. */
  readonly others: readonly StyleWeight[];
  /** Blends another style in, at an equal share. */
  blendIn(value: string): void;
  /** Takes a style out of the blend; the chosen one is followed by the next. */
  dropStyle(picture: PictureId): void;
  /** Moves one weight, the chosen style's being the first; the others keep their proportions. */
  weigh(index: number, weight: number, dragging: boolean): void;
}

export const createMixSlice: StateCreator<AppState, [], [], MixSlice> = (set, get) => ({
  others: [],

  blendIn(value) {
    const { style: first, others, settings, styleNamed } = get();
    const style = styleNamed(value);
    const known = [first, ...others.map((one) => one.style)];
    if (!style || !first || known.length >= MOST_STYLES) return;
    if (known.some((one) => one?.picture === style.picture)) return;
    const share = 1 / (known.length + 1);
    const lost = settings.norm === 'cin' && !knownToCin(style);
    set({
      others: [
        ...others.map((one) => ({ ...one, weight: one.weight * (1 - share) })),
        { style, weight: share },
      ],
      ...(lost && { settings: { ...settings, norm: 'adain' } }),
    });
    get().wishFull();
  },

  dropStyle(picture) {
    const { style, others } = get();
    const list = mixOf(get());
    const gone = list.findIndex((one) => one.style.picture === picture);
    if (gone < 0 || list.length < 2) return;
    const weights = withWeight(
      list.map((one) => one.weight),
      gone,
      0,
    );
    const left = list.flatMap((one, k) => (k === gone ? [] : [{ ...one, weight: weights[k] ?? 0 }]));
    const [first, ...rest] = left;
    set({ style: first?.style ?? style, others: first ? rest : others });
    get().wishFull();
  },

  weigh(index, weight, dragging) {
    const list = mixOf(get());
    const weights = withWeight(
      list.map((one) => one.weight),
      index,
      weight,
    );
    const others = list.slice(1).map((one, k) => ({ ...one, weight: weights[k + 1] ?? 0 }));
    get().change({ others }, dragging);
  },
});

/** The whole blend, the chosen style first; weights add up to 1. */
export function mixOf({ style, others }: Pick<AppState, 'style' | 'others'>): readonly StyleWeight[] {
  if (!style) return [];
  const rest = others.reduce((sum, { weight }) => sum + weight, 0);
  return [{ style, weight: Math.max(0, 1 - rest) }, ...others];
}
