import type { StateCreator } from 'zustand/vanilla';
import type { Inspected, OnProgress, Stylist } from '../../src/pipeline/client';
import {
  firstNorms,
  isOpen,
  PANES,
  type Order,
  type Pane,
  type PaneSettings,
  type PlacedPane,
} from './panes';
import { requestOf } from './run-slice';
import type { WallSetup } from './setup';
import type { AppState } from './store';
import { tracked } from './undo-slice';
import { createWallWork, paneRequest, same } from './wall-work';

/** The wall: the norms side by side, each pane with settings, picture and numbers of its own. */
export interface CompareSlice {
  readonly comparing: boolean; // the page shows the wall in place of the one picture
  readonly wall: readonly PlacedPane[]; // none before it is first opened; undo goes back over it
  readonly panes: readonly Pane[]; // what is made of the wall, while it is shown
  readonly order: Order;
  readonly wallMode: 'result' | 'split';
  readonly split: number; // where the line of all panes is, 0..100
  compare(on: boolean): void;
  /** Panes with these settings, unlike any that there were. */
  newPanes(settings: readonly PaneSettings[]): readonly PlacedPane[];
  addPane(): void;
  removePane(id: number): void;
  /** A finished change of a pane. */
  setPane(id: number, change: Partial<PaneSettings>): void;
  /** A change in the middle of a drag: quick frames of that pane alone. */
  dragPane(id: number, change: Partial<PaneSettings>): void;
  copySettings(from: number, to: number): void;
  setOrder(order: Order): void;
  setWallMode(mode: 'result' | 'split'): void;
  setSplit(split: number): void;
  /** Makes what is out of date. Work that is still wanted goes on. */
  wishWall(): void;
  cancelWall(): void;
  /** Makes again what was stopped or failed. */
  resumeWall(): void;
  /** A pane's settings and picture become those of the one picture. */
  makeMain(id: number): Promise<void>;
  inspectPane(id: number, onProgress: OnProgress, signal: AbortSignal): Promise<Inspected>;
}

/** The wall as plain data; none while it was never opened. */
export function wallOf({ wall, order, comparing }: AppState): WallSetup | undefined {
  if (wall.length === 0) return undefined;
  return { panes: wall.map(({ settings }) => settings), order, shown: comparing };
}

/** WCT opens with all channels together, farthest from AdaIN. */
const FIRST_GROUP_SIZE = 64;

export const createCompareSlice =
  (stylist: Stylist): StateCreator<AppState, [], [], CompareSlice> =>
  (set, get) => {
    let lastPane = 0;
    const paneOf = (id: number): Pane | undefined => get().panes.find((pane) => pane.id === id);
    const changeAll = (to: (pane: Pane) => Pane): void => set({ panes: get().panes.map(to) });
    const change = (id: number, part: Partial<Pane>): void =>
      changeAll((pane) => (pane.id === id ? { ...pane, ...part } : pane));
    const work = createWallWork(stylist, get, change);

    function newPane(norm: PaneSettings['norm'], groupSize: number): PlacedPane {
      return { id: ++lastPane, settings: { norm, groupSize, strength: get().settings.strength } };
    }

    /** The wall with a pane's settings changed, while `dragging` as a frame. */
    function putSettings(id: number, part: Partial<PaneSettings>, dragging: boolean): void {
      const changed = (pane: PlacedPane): PlacedPane => ({ id, settings: { ...pane.settings, ...part } });
      get().put({ wall: get().wall.map((pane) => (pane.id === id ? changed(pane) : pane)) }, dragging);
    }

    const nothingYet = { request: null, run: { status: 'idle' }, picture: null, measured: null } as const;

    /** A pane whose request has changed waits for its turn; what it can no longer show goes. */
    function refreshed(pane: Pane): Pane {
      const request = paneRequest(pane, get());
      if (same(request, pane.request)) {
        return pane.picture?.draft ? { ...pane, run: { status: 'waiting' } } : pane;
      }
      const run = { status: request ? 'waiting' : 'idle' } as const;
      if (request && pane.picture?.request.content === request.content) return { ...pane, request, run };
      pane.picture?.image.close();
      return { ...pane, request, run, picture: null, measured: null };
    }

    return {
      comparing: false,
      wall: [],
      panes: [],
      order: 'placed',
      wallMode: 'result',
      split: 50,

      compare(on) {
        if (on === get().comparing) return;
        if (!on) {
          get().cancelWall();
          set({ comparing: false });
          const { result } = get();
          if (!result || result.draft || !same(result.request, requestOf(get()))) get().wishFull();
          else set({ run: { status: 'finished', tookMs: result.tookMs } });
          return;
        }
        get().cancel(); // the one picture
        set({ comparing: true });
        if (get().wall.length === 0) {
          const norms = firstNorms(get().presets.some(({ knownToCin }) => knownToCin));
          set({ wall: norms.map((norm) => newPane(norm, FIRST_GROUP_SIZE)) });
        }
        get().wishWall();
        get().resumeWall();
      },

      newPanes: (all) => all.map((settings) => ({ id: ++lastPane, settings })),

      addPane() {
        const { wall } = get();
        if (wall.length >= PANES.most) return;
        const unused = firstNorms(true).find((norm) => wall.every(({ settings }) => settings.norm !== norm));
        const added = newPane(unused ?? 'wct', unused ? FIRST_GROUP_SIZE : 16);
        get().change({ wall: [...wall, added] }, false);
      },

      removePane(id) {
        const { wall } = get();
        if (wall.length <= PANES.least) return;
        get().change({ wall: wall.filter((pane) => pane.id !== id) }, false);
      },

      setPane(id, part) {
        putSettings(id, part, false);
        get().wishWall();
      },

      dragPane(id, part) {
        const pane = paneOf(id);
        if (!pane) return;
        putSettings(id, part, true);
        change(id, { settings: { ...pane.settings, ...part } });
        work.drag(id);
      },

      copySettings(from, to) {
        const source = paneOf(from);
        if (source) get().setPane(to, source.settings);
      },

      setOrder: (order) => set({ order }),
      setWallMode: (wallMode) => set({ wallMode }),
      setSplit: (split) => set({ split }),

      wishWall() {
        const { wall, panes } = get();
        const gone = panes.filter(({ id }) => wall.every((placed) => placed.id !== id));
        for (const { picture } of gone) picture?.image.close();
        set({ panes: wall.map((placed) => refreshed({ ...nothingYet, ...paneOf(placed.id), ...placed })) });
        work.stopUnwanted();
        work.drag(null);
      },

      cancelWall() {
        changeAll((pane) => (isOpen(pane) ? { ...pane, run: { status: 'stopped' } } : pane));
        work.stopUnwanted();
        work.drag(null);
      },

      resumeWall() {
        const over = ({ run }: Pane): boolean => run.status === 'stopped' || run.status === 'failed';
        changeAll((pane) => (over(pane) ? { ...pane, run: { status: 'waiting' } } : pane));
        work.goOn();
      },

      async makeMain(id) {
        const pane = paneOf(id);
        if (!pane) return;
        const { picture, request, settings } = pane;
        set({ settings: { ...get().settings, ...settings, secondShare: 0, evenStrength: false } });
        if (picture && request && picture.request === request && !picture.draft) {
          const image = await createImageBitmap(picture.image);
          get().result?.image.close();
          const { times, grain, tookMs } = picture;
          const setup = { ...tracked(get()), regions: [] }; // a pane leaves them out
          const result = {
            image,
            photo: request.content,
            draft: false,
            request,
            setup,
            times,
            grain,
            tookMs,
          };
          set({ result });
        }
        get().compare(false);
      },

      inspectPane: async (id, onProgress, signal) => {
        const request = paneOf(id)?.request;
        if (!request) return { ok: false, failure: { code: 'style-has-no-cin' } };
        return stylist.inspect(request, onProgress, signal);
      },
    };
  };
