import type { StateCreator } from 'zustand/vanilla';
import type { Stylist } from '../../src/pipeline/client';
import type { Failure } from '../../src/pipeline/failure';
import { strength, type PictureId, type Request, type Stage } from '../../src/pipeline/request';
import { normOf } from './settings-slice';
import type { AppState } from './store';

/** One value says where we are, so "running and failed" cannot be written down. */
export type Run =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly stage: Stage | 'waiting'; readonly done: number } // 0..1 of the stage
  | { readonly status: 'finished'; readonly tookMs: number }
  | { readonly status: 'cancelled' }
  | { readonly status: 'failed'; readonly failure: Failure };

/** The last good picture; a run that fails leaves it. */
export interface Result {
  readonly image: ImageBitmap;
  readonly photo: PictureId;
  readonly draft: boolean; // at a smaller size than was asked for
  readonly request: Request;
  readonly tookMs: number;
}

/** Short side of a draft, px: about 0.2 s on wasm. */
export const DRAFT_SIZE = 224;

/** Pictures that take longer than this are shown as a draft first, ms. */
const PATIENCE_MS = 600;

export interface RunSlice {
  readonly run: Run;
  readonly result: Result | null;
  /** Makes the picture at full size; stops whatever is being made. */
  wishFull(): void;
  /** Makes a quick frame; a newer wish waits for the frame in work, and replaces older waiting ones. */
  wishFrame(): void;
  cancel(): void;
  dropResult(): void;
}

export const createRunSlice =
  (stylist: Stylist): StateCreator<AppState, [], [], RunSlice> =>
  (set, get) => {
    let current = new AbortController();
    let frame: 'none' | 'working' | 'outdated' = 'none';
    /** What a full picture took a pixel, last time; unknown at first. */
    let msPerPixel = Infinity;

    function requestNow(): Request | null {
      const { photo, style, settings } = get();
      if (!photo || !style) return null;
      return {
        norm: normOf(settings),
        content: photo.id,
        styles: [{ picture: style.picture, weight: 1 }],
        strength: strength(settings.strength),
        contentSize: settings.workingSize,
        styleSize: settings.styleSize,
        colour: settings.colour,
      };
    }

    /** Short side of a draft of this request, or null when the full picture is quick enough. */
    function draftOf({ contentSize }: Request): Request['contentSize'] | null {
      const { photo } = get();
      if (!photo) return null;
      const long = Math.max(photo.size.width, photo.size.height);
      const short = Math.min(photo.size.width, photo.size.height);
      const side = contentSize === 0 ? short : Math.min(contentSize, short);
      if (side <= DRAFT_SIZE) return null;
      const pixels = (side * side * long) / short;
      return pixels * msPerPixel > PATIENCE_MS ? DRAFT_SIZE : null;
    }

    function show(image: ImageBitmap, request: Request, draft: boolean, tookMs: number): void {
      get().result?.image.close();
      set({ result: { image, photo: request.content, draft, request, tookMs } });
    }

    /** One picture. Says whether it came. */
    async function make(request: Request, draft: boolean, mine: AbortController): Promise<boolean> {
      const start = performance.now();
      const outcome = await stylist.stylise(
        draft ? { ...request, contentSize: DRAFT_SIZE } : request,
        (stage, done) => {
          if (mine === current && !draft) set({ run: { status: 'running', stage, done } });
        },
        mine.signal,
      );
      if (mine !== current) {
        if (outcome.ok) outcome.image.close(); // superseded: nobody will show it
        return false;
      }
      if (!outcome.ok) {
        const { failure } = outcome;
        set({ run: failure.code === 'cancelled' ? { status: 'cancelled' } : { status: 'failed', failure } });
        return false;
      }
      const tookMs = performance.now() - start;
      const { image } = outcome;
      if (!draft) msPerPixel = tookMs / (image.width * image.height);
      show(image, request, draft, tookMs);
      return true;
    }

    async function full(): Promise<void> {
      current.abort(); // a newer wish replaces an older one
      frame = 'none';
      const request = requestNow();
      if (!request) return;
      const mine = (current = new AbortController());
      set({ run: { status: 'running', stage: 'waiting', done: 0 } });
      const { result } = get();
      const fresh = result?.photo !== request.content || !sameButStrength(result.request, request);
      if (fresh && draftOf(request) !== null && !(await make(request, true, mine))) return;
      const start = performance.now();
      if (await make(request, false, mine)) {
        set({ run: { status: 'finished', tookMs: performance.now() - start } });
      }
    }

    async function frames(): Promise<void> {
      if (frame !== 'none') return void (frame = 'outdated');
      current.abort(); // a full picture of an older wish
      const mine = (current = new AbortController());
      do {
        frame = 'working';
        const request = requestNow();
        if (!request) break;
        const draft = draftOf(request) !== null;
        if (!(await make(request, draft, mine))) break;
        if (!draft) set({ run: { status: 'finished', tookMs: get().result?.tookMs ?? 0 } });
      } while ((frame as string) === 'outdated'); // changed while we waited
      if (mine === current) frame = 'none';
    }

    return {
      run: { status: 'idle' },
      result: null,
      wishFull: () => void full(),
      wishFrame: () => void frames(),

      cancel() {
        current.abort();
        frame = 'none';
      },

      dropResult() {
        get().result?.image.close();
        set({ result: null, run: { status: 'idle' } });
      },
    };
  };

function sameButStrength(a: Request, b: Request): boolean {
  return JSON.stringify({ ...a, strength: 0 }) === JSON.stringify({ ...b, strength: 0 });
}
