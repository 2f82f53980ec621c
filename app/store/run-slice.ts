import type { StateCreator } from 'zustand/vanilla';
import type { Finished, OnProgress, Stylist } from '../../src/pipeline/client';
import type { Failure } from '../../src/pipeline/failure';
import type { PictureId, Request, Stage, StageTimes, StyleShare } from '../../src/pipeline/request';
import { sizeAt } from '../../src/pipeline/size';
import { createPace } from './pace';
import { mixOf } from './mix-slice';
import { wishesOf } from './settings-slice';
import type { StyleWeight } from './style';
import type { AppState } from './store';
import { tracked, type Tracked } from './undo-slice';

/** One value says where we are, so "running and failed" cannot be written down. */
export type Run =
  | { readonly status: 'idle' }
  | {
      readonly status: 'running';
      readonly stage: Stage | 'waiting';
      readonly done: number; // 0..1 of the stage
      readonly forMs: number; // since it began
    }
  | { readonly status: 'previewing' } // quick frames, while a slider is held
  | { readonly status: 'finished'; readonly tookMs: number }
  | { readonly status: 'cancelled' }
  | { readonly status: 'failed'; readonly failure: Failure };

/** The last good picture; a run that fails leaves it. */
export interface Result {
  readonly image: ImageBitmap;
  readonly photo: PictureId;
  readonly draft: boolean; // at a smaller size than was asked for
  readonly request: Request;
  readonly setup: Tracked; // what the request was made of
  readonly tookMs: number;
  readonly times: StageTimes;
  readonly grain: number; // for a file as large as the photo
  readonly change?: number; // of the statistics, in stds of the average photo
}

/** Short side of a draft, px: about 0.1 s on wasm. */
export const DRAFT_SIZE = 224;

/** A picture that takes longer than this is shown as a draft first, ms. */
const PATIENCE_MS = 600;

/** A frame under a moving slider that takes longer than this is made smaller, ms. */
const FRAME_MS = 200;

type Made = Extract<Finished, { ok: true }>;

interface Wish {
  readonly request: Request;
  readonly setup: Tracked;
}

export interface RunSlice {
  readonly run: Run;
  readonly result: Result | null;
  /** Makes the picture at full size; stops whatever is being made. */
  wishFull(): void;
  /** Makes a quick frame; a newer wish waits for the frame in work, and replaces older waiting ones. */
  wishFrame(): void;
  cancel(): void;
  /** Forgets the result, and whatever is being made. */
  dropResult(): void;
}

export const createRunSlice =
  (stylist: Stylist): StateCreator<AppState, [], [], RunSlice> =>
  (set, get) => {
    let current = new AbortController();
    let frame: 'none' | 'working' | 'outdated' = 'none';
    const pace = createPace();

    function wishNow(): Wish | null {
      const request = requestOf(get());
      return request && { request, setup: tracked(get()) };
    }

    /** Whether this request is worth a draft: it is larger than one, and slower than `patienceMs`. */
    function wantsDraft({ contentSize }: Request, fresh: boolean, patienceMs: number): boolean {
      const { photo, painting } = get();
      if (!photo || painting !== null) return false; // the ink shows a stroke at once, and the photo stays sharp
      const { width, height } = sizeAt(photo.size, contentSize);
      return Math.min(width, height) > DRAFT_SIZE && pace.expectedMs(width * height, fresh) > patienceMs;
    }

    function show({ image, times, grain, change }: Made, wish: Wish, draft: boolean, tookMs: number): void {
      get().result?.image.close();
      const measured = change === undefined ? {} : { change };
      set({
        result: { image, photo: wish.request.content, draft, ...wish, tookMs, times, grain, ...measured },
      });
    }

    /** One picture. Says whether it came. */
    async function make(
      wish: Wish,
      draft: boolean,
      mine: AbortController,
      onProgress: OnProgress,
      measure = false,
    ): Promise<boolean> {
      const start = performance.now();
      const { request } = wish;
      const outcome = await stylist.stylise(
        draft ? { ...request, contentSize: DRAFT_SIZE } : { ...request, measure },
        onProgress,
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
      const { image } = outcome;
      pace.learn(image.width * image.height, outcome.times);
      show(outcome, wish, draft, performance.now() - start);
      return true;
    }

    async function full(): Promise<void> {
      current.abort(); // a newer wish replaces an older one
      frame = 'none';
      const wish = wishNow();
      if (!wish) return;
      const { request } = wish;
      const mine = (current = new AbortController());
      const start = performance.now();
      const tell = (stage: Stage | 'waiting', done: number): void => {
        if (mine !== current) return;
        set({ run: { status: 'running', stage, done, forMs: performance.now() - start } });
      };
      tell('waiting', 0);
      const { result } = get();
      const fresh = result?.photo !== request.content || !paintsAlike(result.request, request);
      if (fresh && wantsDraft(request, true, PATIENCE_MS) && !(await make(wish, true, mine, quietly))) return;
      if (await make(wish, false, mine, tell, true)) {
        set({ run: { status: 'finished', tookMs: performance.now() - start } });
      }
    }

    async function frames(): Promise<void> {
      if (frame !== 'none') return void (frame = 'outdated');
      current.abort(); // a full picture of an older wish
      const mine = (current = new AbortController());
      if (wishNow()) set({ run: { status: 'previewing' } });
      do {
        frame = 'working';
        const wish = wishNow();
        if (!wish) break;
        const draft = wantsDraft(wish.request, false, FRAME_MS);
        if (!(await make(wish, draft, mine, quietly))) break;
      } while ((frame as string) === 'outdated'); // changed while we waited
      if (mine === current) frame = 'none';
    }

    return {
      run: { status: 'idle' },
      result: null,
      wishFull: () => (get().comparing ? get().wishWall() : void full()),
      wishFrame: () => void frames(),

      cancel() {
        current.abort();
        frame = 'none';
      },

      dropResult() {
        current.abort();
        current = new AbortController(); // what was stopped just now has nothing more to say
        get().result?.image.close();
        set({ result: null, run: { status: 'idle' } });
      },
    };
  };

/** What is asked for, once there is a photo and a style. */
export function requestOf(state: AppState): Request | null {
  const { photo, style, regions, unpainted } = state;
  if (!photo || !style) return null;
  const painted = regions.flatMap(({ mask, styles }) =>
    mask ? [{ mask: mask.picture, styles: styles.map(shareOf) }] : [],
  );
  return {
    ...wholeRequest(state, photo.id),
    ...(painted.length > 0 && { regions: painted, unpainted }),
  };
}

/** A photo restyled as the page is set, without regions. */
export function wholeRequest(state: AppState, photo: PictureId): Request {
  return { ...wishesOf(state.settings), content: photo, styles: mixOf(state).map(shareOf) };
}

export const shareOf = ({ style, weight }: StyleWeight): StyleShare => ({ picture: style.picture, weight });

const quietly: OnProgress = () => undefined;

/** Whether one decode makes b of what was found for a. */
function paintsAlike(a: Request, b: Request): boolean {
  const rest = (request: Request): string => JSON.stringify({ ...request, strength: 0, detail: 0 });
  return rest(a) === rest(b);
}
