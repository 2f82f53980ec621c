import type { StateCreator } from 'zustand/vanilla';
import type { Stylist } from '../../src/pipeline/client';
import type { PictureId } from '../../src/pipeline/request';
import { heldPictures } from './held-pictures';
import type { Notice } from './notice';
import type { Picture, PictureFile, PresetItem, Slot } from './picture';
import { knownIn, printOf, RECENT_STYLES, withRecent } from './recent';
import { paintedOf, stylesIn, takesStyles } from './regions-slice';
import { knownToCin, type Style } from './style';
import type { AppState } from './store';

export { knownToCin, type Style } from './style';

/** Above this a note says that work is done on a scaled copy, megapixels. */
const LARGE = 12;

export interface PicturesSlice {
  readonly photo: Picture | null;
  readonly style: Style | null;
  readonly recentStyles: readonly Picture[]; // newest first
  readonly presets: readonly PresetItem[];
  readonly opening: Slot | null;
  readonly notice: Notice | null;
  open(slot: Slot, file: PictureFile): Promise<void>;
  /** Puts a picture before the own styles, without choosing it; the last of too many goes, unless it is in use. */
  addOwn(picture: Picture): void;
  /** Offers styles of an earlier visit, the newest first, without choosing one. */
  offerRecent(files: readonly PictureFile[]): Promise<void>;
  /** Offers presets, and takes the first if there is no style yet. */
  offerPresets(presets: readonly PresetItem[]): void;
  /** A style by what stands for it in lists: a preset's id, or a picture's number. */
  styleNamed(value: string): Style | null;
  choose(value: string): void;
  /** Another style was wished for: one that is still being opened joins the own ones, no more. */
  passOver(): void;
  /** Photo becomes style and style becomes photo; only a picture of one's own can. */
  swap(): void;
  clearPhoto(): void;
  dismiss(): void;
  /** Keeps a picture, or a style's statistics, for as long as something on the page uses it. */
  hold(picture: PictureId, preview?: ImageBitmap): void;
  /** Lets go of what is held and nothing on the page uses, or offers to bring back. */
  sweepPictures(): void;
}

export const createPicturesSlice =
  (stylist: Stylist): StateCreator<AppState, [], [], PicturesSlice> =>
  (set, get) => {
    const presetIds = new Map<string, PictureId>();
    let lastOpen: Record<Slot, object> = { photo: {}, style: {} };

    const held = heldPictures(stylist, get);

    /** The photo goes. A sample on which nothing is painted is not missed: it is in the menu. */
    function leavePhoto(after: 'replaced' | 'cleared', change: () => void): void {
      const { photo, leave } = get();
      const missed = photo && (!photo.sample || paintedOf(get()).length > 0);
      if (missed) leave(after, photo.name, change);
      else change();
      held.sweep();
    }

    /** Makes a style the chosen one; CIN gives way to AdaIN where it does not know it. */
    function take(style: Style): void {
      if (style.picture === get().style?.picture) return;
      const { settings } = get();
      const lost = settings.norm === 'cin' && !knownToCin(style);
      const others = get().others.filter((one) => one.style.picture !== style.picture);
      set({
        style,
        others,
        ...(lost && { settings: { ...settings, norm: 'adain' } }),
      });
    }

    function adopt(slot: Slot, picture: Picture): void {
      if (slot === 'photo') {
        return leavePhoto('replaced', () => {
          get().hold(picture.id, picture.preview); // not before it is the photo: an offer that lapses sweeps
          set({ photo: picture });
          get().startOver();
        });
      }
      get().addOwn(picture);
      takeOwn(picture);
      held.sweep(); // the style before may have been the last use of a picture
    }

    function takeOwn(picture: Picture): void {
      const region = takesStyles(get());
      if (region) get().styleRegion(region.id, String(picture.id));
      else take({ kind: 'own', picture: picture.id, own: picture });
    }

    /** Unless the other one is still on its way. */
    function opened(slot: Slot): void {
      if (get().opening === slot) set({ opening: null });
    }

    return {
      photo: null,
      style: null,
      recentStyles: [],
      presets: [],
      opening: null,
      notice: null,

      async open(slot, file) {
        const mine = {};
        const { wayBack } = get();
        lastOpen = { ...lastOpen, [slot]: mine };
        set({ opening: slot, notice: null });
        let blob: Blob;
        try {
          blob = await file.blob();
        } catch {
          blob = new Blob(); // a link that is gone reads like an empty file
        }
        const [kept, print] = await Promise.all([stylist.keep(blob, file.name), printOf(file.name, blob)]);
        const newest = mine === lastOpen[slot];
        if (!kept.ok) {
          if (!newest) return;
          opened(slot);
          return set({ notice: { code: 'failed', failure: kept.failure } });
        }
        const { picture: id, size, preview } = kept;
        const { name, sample = false } = file;
        const known = slot === 'style' && knownIn(get().recentStyles, print);
        const picture = known || { id, name, size, preview, blob, print, sample };
        if (known || (slot === 'photo' && !newest)) held.letGo(id, preview);
        else if (!newest) get().addOwn(picture); // another style was wished for meanwhile; this one stays at hand
        if (!newest) return;
        if (known) {
          opened(slot);
          set({ recentStyles: [known, ...get().recentStyles.filter((one) => one !== known)] });
          takeOwn(known);
          return get().wishFull();
        }
        const alongside = slot === 'style' && get().wayBack !== wayBack; // of a photo that came meanwhile
        if (alongside) get().onTheWay(() => adopt(slot, picture));
        else adopt(slot, picture);
        const megapixels = (size.width * size.height) / 1e6;
        opened(slot);
        const told = slot === 'style' || get().notice?.code === 'failed';
        if (megapixels > LARGE && !told) set({ notice: { code: 'scaled', name: file.name, megapixels } });
        get().wishFull();
      },

      addOwn(picture) {
        get().hold(picture.id, picture.preview);
        const used = new Set(stylesIn(get()).map(({ style }) => style.picture));
        set({ recentStyles: withRecent(get().recentStyles, picture, ({ id }) => used.has(id)) });
        held.sweep();
      },

      async offerRecent(files) {
        for (const { name, blob: read } of files) {
          const blob = await read();
          const [kept, print] = await Promise.all([stylist.keep(blob, name), printOf(name, blob)]);
          if (!kept.ok) continue;
          const { picture: id, size, preview } = kept;
          const picture: Picture = { id, name, size, preview, blob, print };
          const { recentStyles } = get(); // one may have been opened meanwhile
          if (knownIn(recentStyles, print) || recentStyles.length >= RECENT_STYLES) {
            held.letGo(picture.id, picture.preview);
            continue;
          }
          get().hold(picture.id, picture.preview);
          set({ recentStyles: [...recentStyles, picture] });
        }
      },

      offerPresets(presets) {
        set({ presets });
        const [first] = presets;
        const { style, notice } = get();
        if (!first || style) return;
        get().choose(first.id);
        set({ notice }); // nobody chose: what is told stays
      },

      styleNamed(value) {
        const { presets, recentStyles, loadedStyles } = get();
        const own = recentStyles.find(({ id }) => String(id) === value);
        if (own) return { kind: 'own', picture: own.id, own };
        const preset = presets.find((one) => one.id === value);
        if (!preset) return loadedStyles.find(({ picture }) => String(picture) === value) ?? null;
        const picture = presetIds.get(value) ?? stylist.keepPreset(value);
        presetIds.set(value, picture);
        return { kind: 'preset', picture, preset };
      },

      choose(value) {
        const style = get().styleNamed(value);
        if (!style) return;
        take(style);
        if (get().notice?.code !== 'scaled') get().dismiss(); // what is told of an older style is over
        get().wishFull();
      },

      passOver() {
        lastOpen = { ...lastOpen, style: {} };
        opened('style');
      },

      swap() {
        const { photo, style } = get();
        if (!photo || style?.kind !== 'own') return;
        leavePhoto('replaced', () => {
          set({ photo: style.own, notice: null });
          get().startOver();
          adopt('style', photo);
        });
        get().wishFull();
      },

      clearPhoto() {
        leavePhoto('cleared', () => {
          set({ photo: null, notice: null });
          get().startOver();
          get().dropResult();
          if (get().comparing) get().wishWall();
        });
      },

      dismiss: () => set({ notice: null }),
      hold: held.add,
      sweepPictures: held.sweep,
    };
  };
