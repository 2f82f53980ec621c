import type { StateCreator } from 'zustand/vanilla';
import type { Stylist } from '../../src/pipeline/client';
import type { PictureId } from '../../src/pipeline/request';
import { mixOf } from './mix-slice';
import type { AppState } from './store';
import { knownToCin, styleName, type Style, type StyleWeight } from './style';
import type { Tracked } from './undo-slice';

/** A soft mask as a picture: white where the region is. */
export interface Mask {
  readonly picture: PictureId;
  readonly blob: Blob; // PNG, at most MASK_SIDE px
}

/** A part of the photo with styles of its own. */
export interface PaintedRegion {
  readonly id: number;
  readonly mask: Mask | null; // nothing painted yet
  readonly styles: readonly StyleWeight[];
}

export interface Brush {
  readonly size: number; // diameter, percent of the mask's longer side
  readonly softness: number; // 0 (a hard edge) to 1 (all edge)
  readonly erases: boolean;
}

/** Longest side of a mask, px. */
export const MASK_SIDE = 512;

/** Regions a picture may have. */
export const MOST_REGIONS = 6;

export interface RegionsSlice {
  readonly regions: readonly PaintedRegion[];
  readonly unpainted: 'photo' | 'styles';
  /** Which region the brush paints; none while nothing is painted. */
  readonly painting: number | null;
  readonly brush: Brush;
  setBrush(change: Partial<Brush>): void;
  /** Begins painting, with a first region when there is none; or stops. */
  paint(on: boolean): void;
  selectRegion(id: number): void;
  addRegion(): void;
  dropRegion(id: number): void;
  /** Another style, from the strip: for the region that takes it, else for the whole picture. */
  pickStyle(value: string): void;
  /** A region takes a style, or the blend as it is now. */
  styleRegion(id: number, value: string | 'blend'): void;
  setUnpainted(shows: 'photo' | 'styles'): void;
  /** A finished stroke, a fill, or a file: the whole mask anew. Resolves to whether it could be read. */
  setMask(id: number, blob: Blob): Promise<boolean>;
  /** A new photo: nothing painted, nothing to undo. */
  startOver(): void;
  /** Lets go of the masks that nothing brings back any more. */
  sweepMasks(): void;
}

/** @param remembered what undo, redo and earlier results may bring back */
export const createRegionsSlice =
  (
    stylist: Stylist,
    remembered: () => readonly Partial<Tracked>[],
  ): StateCreator<AppState, [], [], RegionsSlice> =>
  (set, get) => {
    let lastRegion = 0;
    const made = new Set<PictureId>();

    function sweepMasks(): void {
      const used = new Set(
        [get(), ...remembered()].flatMap(({ regions = [] }) => regions.map(({ mask }) => mask?.picture)),
      );
      for (const picture of [...made].filter((one) => !used.has(one))) {
        made.delete(picture);
        stylist.forget(picture);
      }
    }

    function add(): void {
      const { regions } = get();
      if (regions.length >= MOST_REGIONS) return;
      const id = ++lastRegion;
      set({ regions: [...regions, { id, mask: null, styles: mixOf(get()) }], painting: id });
    }

    const changed = (id: number, to: Partial<PaintedRegion>): void =>
      get().change({ regions: get().regions.map((one) => (one.id === id ? { ...one, ...to } : one)) }, false);

    return {
      regions: [],
      unpainted: 'photo',
      painting: null,
      brush: { size: 16, softness: 0.5, erases: false },

      setBrush: (change) => set({ brush: { ...get().brush, ...change } }),

      paint(on) {
        if (!on) return set({ painting: null });
        const [first] = get().regions;
        if (first) set({ painting: first.id });
        else add();
      },

      selectRegion: (painting) => set({ painting }),
      addRegion: add,

      dropRegion(id) {
        const regions = get().regions.filter((one) => one.id !== id);
        get().change({ regions }, false); // the brush goes to another one
      },

      pickStyle(value) {
        get().passOver();
        const region = takesStyles(get());
        if (!region) return get().choose(value);
        if (get().notice?.code === 'missing') get().dismiss(); // told of an older style
        get().styleRegion(region.id, value);
      },

      styleRegion(id, value) {
        if (value === 'blend') return changed(id, { styles: mixOf(get()) });
        const style = get().styleNamed(value);
        if (!style) return;
        const { settings, regions } = get();
        const lost = settings.norm === 'cin' && !knownToCin(style);
        const styles = [{ style, weight: 1 }];
        get().change(
          {
            regions: regions.map((one) => (one.id === id ? { ...one, styles } : one)),
            ...(lost && { settings: { ...settings, norm: 'adain' } }),
          },
          false,
        );
      },

      setUnpainted: (unpainted) => get().change({ unpainted }, false),

      async setMask(id, blob) {
        const kept = await stylist.keep(blob, 'mask.png');
        if (!kept.ok) {
          set({ notice: { code: 'failed', failure: kept.failure } });
          return false;
        }
        kept.preview.close();
        made.add(kept.picture);
        changed(id, { mask: { picture: kept.picture, blob } });
        sweepMasks();
        return true;
      },

      startOver() {
        set({ regions: [], painting: null });
        get().clearUndo();
        sweepMasks();
      },

      sweepMasks,
    };
  };

/** Regions with something painted. */
export function paintedOf({ regions }: Pick<AppState, 'regions'>): readonly PaintedRegion[] {
  return regions.filter(({ mask }) => mask !== null);
}

/**
 * The region that takes a style picked in the strip: the one that is being painted; afterwards the only one of a
 * photo that is else untouched, since nothing but it would show the style. Compare has no regions.
 */
export function takesStyles(state: AppState): PaintedRegion | null {
  const { comparing, painting, regions, unpainted } = state;
  if (comparing) return null;
  const open = regions.find(({ id }) => id === painting);
  const [only, second] = paintedOf(state);
  return open ?? (unpainted === 'photo' && only && !second ? only : null);
}

/** While nothing that is painted is in the picture, painting shows the photo: the brush brings the style. */
export function showsBarePhoto({ painting, unpainted, result }: AppState): boolean {
  return painting !== null && unpainted === 'photo' && result?.request.regions === undefined;
}

const stylesOf = (regions: readonly PaintedRegion[]): readonly StyleWeight[] =>
  regions.flatMap(({ styles }) => styles);

/** Every style of a set-up. */
export function stylesIn({
  style = null,
  others = [],
  regions = [],
}: Partial<Tracked>): readonly StyleWeight[] {
  return [...mixOf({ style, others }), ...stylesOf(regions)];
}

/** Regions without a style that goes; one that had no other takes `instead`. */
export function withoutStyle(
  regions: readonly PaintedRegion[],
  gone: PictureId,
  instead: readonly StyleWeight[],
): readonly PaintedRegion[] {
  return regions.map((region) => {
    const left = region.styles.filter(({ style }) => style.picture !== gone);
    if (left.length === region.styles.length) return region;
    const total = left.reduce((sum, { weight }) => sum + weight, 0);
    const styles = left.map((one) => ({ ...one, weight: one.weight / total }));
    return { ...region, styles: total > 0 ? styles : instead };
  });
}

/** The styles that the picture shows: those of regions, and the blend where room is left for it. */
export function stylesShown(
  setup: Pick<Tracked, 'style' | 'others' | 'regions' | 'unpainted'>,
): readonly Style[] {
  const painted = stylesOf(paintedOf(setup));
  const shown = painted.length > 0 && setup.unpainted === 'photo' ? painted : [...mixOf(setup), ...painted];
  return shown.map(({ style }) => style);
}

export function namesShown(setup: Parameters<typeof stylesShown>[0]): readonly string[] {
  return [...new Set(stylesShown(setup).map(styleName))];
}
