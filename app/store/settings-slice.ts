import type { StateCreator } from 'zustand/vanilla';
import { DETAIL, strength, type ColourMode, type Norm, type NormId } from '../../src/pipeline/request';
import type { AppState } from './store';

/** Everything about a picture that a control sets: plain numbers, so that they can be saved and shared. */
export interface Settings {
  readonly norm: NormId;
  readonly groupSize: number; // channels a group, for WCT
  readonly strength: number; // 0..1
  readonly detail: number; // share of the photo's fine detail that comes back, 0..1
  readonly styleSize: number; // px, short side
  readonly workingSize: number; // px, short side
  readonly colour: ColourMode;
  readonly secondNorm: NormId;
  readonly secondShare: number; // 0..1 of the mix of two norms
  readonly evenStrength: boolean; // the same change for every style
}

export const DEFAULTS: Settings = {
  norm: 'adain',
  groupSize: 16,
  strength: 1,
  detail: DETAIL,
  styleSize: 512,
  workingSize: 512,
  colour: 'style',
  secondNorm: 'wct',
  secondShare: 0,
  evenStrength: false,
};

/** Group sizes from AdaIN (1) to full whitening (all channels). */
export const GROUP_SIZES: readonly number[] = [1, 2, 4, 8, 16, 32, 64];

export interface SettingsSlice {
  readonly settings: Settings;
  /** A finished change: the picture is made at full size. */
  set(change: Partial<Settings>): void;
  /** A change in the middle of a drag: quick frames at a small size. */
  drag(change: Partial<Settings>): void;
}

export const createSettingsSlice: StateCreator<AppState, [], [], SettingsSlice> = (_set, get) => ({
  settings: DEFAULTS,

  set: (change) => get().change({ settings: { ...get().settings, ...change } }, false),
  drag: (change) => get().change({ settings: { ...get().settings, ...change } }, true),
});

/** Whether the one picture takes no style: IN alone has none. */
export function ignoresStyle({ settings, comparing }: Pick<AppState, 'settings' | 'comparing'>): boolean {
  return settings.norm === 'in' && settings.secondShare === 0 && !comparing;
}

export function normOf({ norm, groupSize }: Pick<Settings, 'norm' | 'groupSize'>): Norm {
  return norm === 'wct' ? { id: 'wct', groupSize } : { id: norm };
}

/** The part of a request that the settings alone decide. */
export function wishesOf(settings: Settings) {
  const { secondNorm, secondShare, groupSize, evenStrength } = settings;
  const second = secondNorm === 'wct' ? ({ id: 'wct', groupSize } as const) : { id: secondNorm };
  return {
    norm: normOf(settings),
    ...(secondShare > 0 && secondNorm !== settings.norm && { second: { norm: second, share: secondShare } }),
    strength: strength(settings.strength),
    detail: settings.detail,
    ...(evenStrength && { evenStrength }),
    contentSize: settings.workingSize,
    styleSize: settings.styleSize,
    colour: settings.colour,
  };
}
