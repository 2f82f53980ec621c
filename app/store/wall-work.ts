import type { OnProgress, Stylist } from '../../src/pipeline/client';
import type { Failure } from '../../src/pipeline/failure';
import type { Request } from '../../src/pipeline/request';
import { inOrder, type Pane } from './panes';
import { mixOf } from './mix-slice';
import { DRAFT_SIZE, requestOf } from './run-slice';
import type { AppState } from './store';
import { knownToCin } from './style';

interface Work {
  readonly id: number;
  readonly request: Request;
  readonly kind: 'frame' | 'paint' | 'measure';
  readonly stop: AbortController;
}

/** Makes what the panes wait for, one after another, until none waits. */
export interface WallWork {
  goOn(): void;
  /** Quick frames of this pane alone, until null: full work of others waits meanwhile. */
  drag(id: number | null): void;
  /** Stops what is in work, if it is of no use any more. */
  stopUnwanted(): void;
}

/** What a pane asks for; null when that cannot be made. */
export function paneRequest({ settings: own }: Pane, state: AppState): Request | null {
  if (own.norm === 'cin' && !mixOf(state).every(({ style }) => knownToCin(style))) return null;
  // A pane is one norm on the whole picture: its numbers compare the picture with the style.
  const settings = { ...state.settings, ...own, secondShare: 0, evenStrength: false };
  return requestOf({ ...state, settings, regions: [] });
}

export const same = (a: Request | null | undefined, b: Request | null): boolean =>
  JSON.stringify(a ?? null) === JSON.stringify(b);

export function createWallWork(
  stylist: Stylist,
  get: () => AppState,
  change: (id: number, part: Partial<Pane>) => void,
): WallWork {
  let work: Work | null = null;
  let dragged: number | null = null;
  let running = false;

  const paneOf = (id: number): Pane | undefined => get().panes.find((pane) => pane.id === id);

  /** A frame under a moving slider; else all pictures, then all numbers, in the order shown. */
  function nextWork(): Work | null {
    const stop = new AbortController();
    if (dragged !== null) {
      const pane = paneOf(dragged);
      const request = pane ? paneRequest(pane, get()) : null;
      if (!request || same(pane?.picture?.request, request)) return null;
      return { id: dragged, request, kind: 'frame', stop };
    }
    const { panes, order } = get();
    const waiting = inOrder(panes, order).filter(({ run }) => run.status === 'waiting');
    const unpainted = waiting.find(({ picture, request }) => picture?.draft || picture?.request !== request);
    const pane = unpainted ?? waiting[0];
    if (!pane?.request) return null;
    return { id: pane.id, request: pane.request, kind: unpainted ? 'paint' : 'measure', stop };
  }

  async function all(): Promise<void> {
    if (running) return;
    running = true;
    for (let next = nextWork(); next; next = nextWork()) {
      work = next;
      await { frame, paint, measure }[next.kind](next);
      work = null;
    }
    running = false;
  }

  async function frame({ id, request, stop }: Work): Promise<void> {
    const small = { ...request, contentSize: Math.min(DRAFT_SIZE, request.contentSize) };
    const start = performance.now();
    const outcome = await stylist.stylise(small, () => undefined, stop.signal);
    const pane = paneOf(id);
    if (!outcome.ok) {
      if (outcome.failure.code === 'cancelled') return;
      dragged = null;
      return change(id, { run: { status: 'failed', failure: outcome.failure } });
    }
    const { image, times, grain } = outcome;
    if (!pane || dragged !== id || get().photo?.id !== request.content) return image.close();
    pane.picture?.image.close();
    change(id, { picture: { image, request, draft: true, times, grain, tookMs: performance.now() - start } });
  }

  async function paint({ id, request, stop }: Work): Promise<void> {
    const tell: OnProgress = (stage, done) => {
      const { run, request: wanted } = paneOf(id) ?? {};
      if (wanted === request && run?.status === 'painting')
        change(id, { run: { status: 'painting', stage, done } });
    };
    change(id, { run: { status: 'painting', stage: 'waiting', done: 0 } });
    const start = performance.now();
    const outcome = await stylist.stylise(request, tell, stop.signal);
    const pane = paneOf(id);
    if (pane?.request !== request) {
      if (outcome.ok) outcome.image.close(); // nobody will show it
      return;
    }
    if (!outcome.ok) return settle(pane, outcome.failure);
    pane.picture?.image.close();
    const { image, times, grain } = outcome;
    change(id, {
      picture: { image, request, draft: false, times, grain, tookMs: performance.now() - start },
      ...(pane.run.status === 'painting' && { run: { status: 'waiting' } }), // for its numbers
    });
  }

  async function measure({ id, request, stop }: Work): Promise<void> {
    change(id, { run: { status: 'measuring' } });
    const outcome = await stylist.measure(request, () => undefined, stop.signal);
    const pane = paneOf(id);
    if (pane?.request !== request) return;
    if (!outcome.ok) return settle(pane, outcome.failure);
    change(id, { measured: { numbers: outcome.numbers, request }, run: { status: 'finished' } });
  }

  /** A pane that fails leaves the others; one that was interrupted waits for its turn again. */
  function settle({ id, run }: Pane, failure: Failure): void {
    if (failure.code !== 'cancelled') change(id, { run: { status: 'failed', failure } });
    else if (run.status !== 'stopped') change(id, { run: { status: 'waiting' } });
  }

  return {
    goOn: () => void all(),

    drag(id) {
      dragged = id;
      if (id !== null && work && work.kind !== 'frame') work.stop.abort();
      void all();
    },

    stopUnwanted() {
      if (!work) return;
      const pane = paneOf(work.id);
      const wanted = work.kind !== 'frame' && pane?.request === work.request && pane.run.status !== 'stopped';
      if (!wanted) work.stop.abort();
    },
  };
}
