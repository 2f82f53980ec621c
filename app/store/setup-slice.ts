import type { StateCreator } from 'zustand/vanilla';
import type { Stylist } from '../../src/pipeline/client';
import { wallOf } from './compare-slice';
import { mixOf } from './mix-slice';
import { looksLikeRecord, readRecord, recordOf } from './record';
import type { PaintedRegion } from './regions-slice';
import { linkOf, refOf, type Setup, type StyleRef } from './setup';
import type { AppState } from './store';
import { knownToCin, styleName, type Style, type StyleWeight } from './style';
import { changedSince, tracked, type Tracked } from './undo-slice';

export interface SetupSlice {
  /** All that shapes the result, as plain data. */
  setupNow(): Promise<Setup>;
  /**
   * Brings a set-up back; says which pictures it misses.
   *
   * @param since what was set when this set-up was asked for: what the person changed since then stays
   */
  applySetup(setup: Setup, since?: Tracked): Promise<void>;
  /** The fragment of an address that brings the settings and presets back. */
  linkNow(): Promise<string>;
  /** How the picture on screen was made; null when there is none. */
  recordNow(): Promise<string | null>;
  /** The blend as a file; null, with the reason told, when it cannot be made. */
  styleFileNow(): Promise<string | null>;
  /** Takes a style file or a record. */
  loadFile(file: File): Promise<void>;
}

export const createSetupSlice =
  (stylist: Stylist): StateCreator<AppState, [], [], SetupSlice> =>
  (set, get) => {
    const refs = (styles: readonly StyleWeight[]): { ref: StyleRef; weight: number }[] =>
      styles.map(({ style, weight }) => ({ ref: refOf(style), weight }));

    function found(ref: StyleRef): Style | null {
      const { styleNamed, recentStyles, takeData } = get();
      switch (ref.kind) {
        case 'preset':
          return styleNamed(ref.id);
        case 'picture': {
          const own =
            recentStyles.find(({ print }) => print === ref.print) ??
            recentStyles.find(({ name }) => name === ref.name);
          return own ? styleNamed(String(own.id)) : null;
        }
        case 'data':
          return takeData(ref.data);
        default:
          return ref satisfies never;
      }
    }

    /** Styles that are here, scaled to add up to 1; names of the others go to `missing`. */
    function resolved(styles: Setup['styles'], missing: Set<string>): readonly StyleWeight[] {
      const here = styles.flatMap(({ ref, weight }) => {
        const style = found(ref);
        if (!style) missing.add(ref.kind === 'picture' ? ref.name : ref.kind === 'preset' ? ref.id : '');
        return style ? [{ style, weight }] : [];
      });
      const total = here.reduce((sum, { weight }) => sum + weight, 0);
      return here.map((one) => ({ ...one, weight: total > 0 ? one.weight / total : 1 / here.length }));
    }

    async function setupOf(set: Omit<Tracked, 'wall'>): Promise<Setup> {
      const { settings, regions, unpainted } = set;
      const painted: Setup['regions'] = [];
      for (const { mask, styles } of regions) {
        painted.push({ styles: refs(styles), mask: mask && (await asDataUrl(mask.blob)) });
      }
      return { settings, styles: refs(mixOf(set)), regions: painted, unpainted };
    }

    return {
      async setupNow() {
        const wall = wallOf(get());
        const print = get().photo?.print;
        return {
          ...(await setupOf(get())),
          ...(wall && { wall }),
          ...(print !== undefined && { photo: print }),
        };
      },

      async applySetup({ settings, styles, regions, unpainted, wall }, since = tracked(get())) {
        const missing = new Set<string>();
        const [first, ...others] = resolved(styles, missing);
        const painted: PaintedRegion[] = [];
        for (const [k, { styles: own, mask }] of regions.entries()) {
          const blob = mask === null ? null : fromDataUrl(mask);
          const kept = blob && (await stylist.keep(blob, 'mask.png'));
          if (kept?.ok) kept.preview.close();
          const here = resolved(own, missing);
          if (here.length === 0) continue;
          const id = Date.now() + k; // unlike those of regions that undo may bring back
          painted.push({ id, styles: here, mask: blob && kept?.ok ? { picture: kept.picture, blob } : null });
        }
        const changed = changedSince(since, tracked(get()));
        const to = {
          regions: painted,
          unpainted,
          ...(first && { style: first.style, others }),
          ...(wall && { wall: get().newPanes(wall.panes) }),
          ...changed,
          settings: { ...settings, ...changed.settings },
        };
        const strange = changed.style && !knownToCin(changed.style);
        const cin = to.settings.norm === 'cin' && (missing.size > 0 || strange);
        get().change(cin ? { ...to, settings: { ...to.settings, norm: 'adain' } } : to, false);
        if (missing.size > 0) set({ notice: { code: 'missing', names: [...missing] } });
        if (wall) set({ order: wall.order });
        if (wall?.shown) get().compare(true); // one that is open stays open
      },

      linkNow: async () => linkOf(await get().setupNow()),

      async recordNow() {
        const { photo, result, engine } = get();
        if (!photo || !result) return null;
        const { width, height } = result.image;
        const { tookMs, change } = result;
        return recordOf({
          madeAt: new Date().toISOString(),
          photo: { name: photo.name, ...photo.size },
          result: { width, height, tookMs, ...(change === undefined ? {} : { change }) },
          engine: engine.status === 'ready' ? engine.report.running : '',
          setup: await setupOf(result.setup),
        });
      },

      async styleFileNow() {
        const mix = mixOf(get());
        const name = mix.map(({ style }) => styleName(style)).join(', ');
        const styles = mix.map(({ style, weight }) => ({
          picture: style.picture,
          weight,
          name: styleName(style),
        }));
        const outcome = await stylist.exportStyle(name, styles, get().settings.styleSize);
        if (outcome.ok) return JSON.stringify(outcome.file);
        set({ notice: { code: 'failed', failure: outcome.failure } });
        return null;
      },

      async loadFile(file) {
        set({ notice: null });
        const text = await file.text().catch(() => ''); // which is no style file
        if (looksLikeRecord(text)) {
          const setup = readRecord(text, file.name);
          if ('code' in setup) return set({ notice: { code: 'failed', failure: setup } });
          get().compare(false); // it is of one picture
          return get().applySetup(setup);
        }
        const outcome = await stylist.readStyle(text, file.name);
        if (!outcome.ok) return set({ notice: { code: 'failed', failure: outcome.failure } });
        const total = outcome.file.styles.reduce((sum, { weight }) => sum + weight, 0);
        const mix = outcome.file.styles.map(({ style, weight }) => ({
          style: get().takeData(style),
          weight: weight / total,
        }));
        const [first, ...others] = mix;
        const { settings } = get();
        const norm = settings.norm === 'cin' && !mix.every(({ style }) => style.data.affine);
        if (!first) return;
        get().change(
          { style: first.style, others, ...(norm && { settings: { ...settings, norm: 'adain' } }) },
          false,
        );
      },
    };
  };

async function asDataUrl(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let letters = '';
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(letters)}`;
}

/** Decoded here rather than fetched: what a file says is never an address. */
function fromDataUrl(url: string): Blob | null {
  try {
    const letters = atob(url.slice(url.indexOf(',') + 1));
    return new Blob([Uint8Array.from(letters, (letter) => letter.charCodeAt(0))], { type: 'image/png' });
  } catch {
    return null; // not base64: the region stays, unpainted
  }
}
