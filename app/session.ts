import { clear, getMany, set } from 'idb-keyval';
import * as v from 'valibot';
import { forgetRemembered } from './remembered';
import { storage } from './storage';
import { SetupSchema, setupInLink, type LinkedSetup, type Setup } from './store/setup';
import type { AppState, AppStore } from './store/store';
import { sameTracked, tracked, type Tracked } from './store/undo-slice';

const PHOTO = 'photo/1';
const SETUP = 'setup/1';

/** Changes come in bursts; the last one is kept, ms. */
const CALM_MS = 100;

/** What this browser keeps of the last visit. */
export interface Session {
  readonly photo: { readonly name: string; readonly blob: Blob } | null;
  readonly setup: Setup | null;
}

function isPhoto(kept: unknown): kept is NonNullable<Session['photo']> {
  return kept instanceof Object && 'blob' in kept && kept.blob instanceof Blob;
}

/** What the last visit left; nothing when it is of another version, or storage is forbidden. */
export async function lastSession(): Promise<Session> {
  try {
    const [photo, kept] = await getMany([PHOTO, SETUP], storage);
    const setup = v.safeParse(SetupSchema, kept);
    return { photo: isPhoto(photo) ? photo : null, setup: setup.success ? setup.output : null };
  } catch (error) {
    console.warn('The last visit could not be read.', error);
    return { photo: null, setup: null };
  }
}

/**
 * Keeps photo and set-up in this browser as they are and become. To be called when the last visit is back: before,
 * half of a new one would replace it, and masks would lie on another photo.
 *
 * @param last what is kept so far
 */
export function keepSession(store: AppStore, last: Session): void {
  const failed = (error: unknown): void => console.warn('This visit is not remembered.', error);
  const keepPhoto = ({ photo }: AppState): void => {
    set(PHOTO, photo && { name: photo.name, blob: photo.blob }, storage).catch(failed);
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keepSetup = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const { setupNow } = store.getState();
    setupNow()
      .then((setup) => set(SETUP, setup, storage))
      .catch(failed);
  };
  const now = store.getState();
  if (now.photo?.blob !== last.photo?.blob) keepPhoto(now);
  keepSetup();
  store.subscribe((state, before) => {
    if (state.photo !== before.photo) keepPhoto(state);
    const sameView = state.comparing === before.comparing && state.order === before.order;
    if (sameTracked(tracked(state), tracked(before)) && sameView) return;
    clearTimeout(timer);
    timer = setTimeout(keepSetup, CALM_MS);
  });
  addEventListener('pagehide', () => timer !== undefined && keepSetup());
}

/**
 * Brings back what a link says, else what the last visit left. Undo begins after it.
 *
 * @param atStart what was set when the page began: reading takes a moment, and what was changed in it stays
 */
export async function restore(store: AppStore, { photo, setup }: Session, atStart: Tracked): Promise<void> {
  const { applySetup, clearUndo } = store.getState();
  const linked = takeLink(store);
  const wanted = linked?.setup ?? setup;
  const open = store.getState().photo;
  const same =
    photo !== null && // what was painted belongs to it, and another tab may have kept another one
    open?.blob === photo.blob &&
    (setup?.photo === undefined || setup.photo === open.print);
  if (wanted) await applySetup(same ? wanted : { ...wanted, regions: [] }, atStart);
  if (linked) tellLeftOut(store, linked);
  clearUndo();
}

/** Takes links that are opened while the page is there; undo goes back to what was set before. */
export function followLinks(store: AppStore): void {
  addEventListener('hashchange', () => {
    const linked = takeLink(store);
    if (!linked) return;
    store.getState().dismiss(); // what was told of the set-up before
    if (!linked.setup.wall) store.getState().compare(false); // it is of one picture
    void store
      .getState()
      .applySetup(linked.setup)
      .then(() => tellLeftOut(store, linked));
  });
}

/** What the address says, once: it is taken out there. A link that cannot be read is told, and is null. */
function takeLink(store: AppStore): LinkedSetup | null {
  const linked = setupInLink(location.hash);
  if (linked === null) return null;
  history.replaceState(null, '', location.pathname + location.search);
  if (typeof linked !== 'string') return linked;
  store.setState({
    notice: { code: 'failed', failure: { code: 'style-file', name: 'The link', why: linked } },
  });
  return null;
}

function tellLeftOut(store: AppStore, { leftOut }: LinkedSetup): void {
  if (leftOut.styles + leftOut.regions > 0) store.setState({ notice: { code: 'left-out', ...leftOut } });
}

/** Removes all that was kept of visits to this page, and begins anew. */
export async function forgetEverything(): Promise<void> {
  await clear(storage);
  forgetRemembered();
  location.reload();
}
