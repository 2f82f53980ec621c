import type { Failure } from '../../src/pipeline/failure';
import type { ImageType } from '../../src/pipeline/protocol';
import type { PictureId, Request } from '../../src/pipeline/request';
import { wallProgress } from './panes';
import { wholeRequest } from './run-slice';
import { fileName, MOST_NAMED } from './save-slice';
import type { AppState } from './store';
import { fileWords, styleName } from './style';
import type { Tracked } from './undo-slice';

/** Many photos, each restyled as the page is set. */
export interface Batch {
  readonly photos: readonly BatchPhoto[];
  readonly type: ImageType;
  readonly large: boolean; // as large as each photo is, not as the working size
  readonly running: boolean;
  readonly leftOut: number; // photos, when the list was full
  readonly eachMs: number | null; // of a photo, in this run
}

export interface BatchPhoto {
  readonly id: number;
  readonly file: File;
  readonly preview: ImageBitmap | null; // small; until it is there, or when it cannot be opened, none
  readonly run: BatchRun;
  readonly made: BatchPicture | null; // by its last run that ended well
}

export type BatchRun =
  | { readonly status: 'waiting' }
  | { readonly status: 'working'; readonly done: number } // 0..1
  | { readonly status: 'finished' }
  | { readonly status: 'failed'; readonly failure: Failure };

export interface BatchPicture {
  readonly blob: Blob;
  readonly thumbnail: ImageBitmap;
  readonly asked: string; // how it was made, to tell when that has changed
  readonly name: string; // of its file
  readonly setup: BatchSetup;
  readonly large: boolean; // as large as the photo
  readonly saved: boolean;
}

/** What a picture was made with, to be told when the page is set otherwise. */
export type BatchSetup = Pick<Tracked, 'settings' | 'style' | 'others'>;

/** Photos that a list takes. */
export const MOST_PHOTOS = 300;

/** What a run makes of each photo: how the page is set when it begins. */
export interface BatchWish {
  readonly request: Request; // each photo puts its own name there
  readonly type: ImageType;
  readonly large: boolean;
  readonly style: string; // for names of files
  readonly asked: string; // all of it, to tell when it has changed
  readonly setup: BatchSetup;
}

export function wishNow(state: AppState): BatchWish {
  const { type, large } = state.batch;
  const { settings, style, others } = state;
  const request = wholeRequest(state, 0 as PictureId);
  return {
    request,
    type,
    large,
    style: style ? fileWords(style, state.presets) : '',
    asked: JSON.stringify([request, type, large]),
    setup: { settings, style, others },
  };
}

/** The photos that are not there as the page is set now. */
export function toMake(state: AppState): readonly BatchPhoto[] {
  const { asked } = wishNow(state);
  return state.batch.photos.filter(({ made }) => made?.asked !== asked);
}

/** Whether all of the list is there, but for what failed. */
export const isTried = (state: AppState): boolean =>
  toMake(state).every(({ run }) => run.status === 'failed');

/** The photos whose pictures lie in no file. */
export const unsavedOf = (photos: readonly BatchPhoto[]): readonly BatchPhoto[] =>
  photos.filter(({ made }) => made?.saved === false);

/** Whether all that was made lies in a file. */
export const isSaved = ({ photos }: Batch): boolean => unsavedOf(photos).length === 0;

/** Whether saving comes before making more: something could be lost, or all is made. */
export const savesNext = (state: AppState): boolean => !isSaved(state.batch) || isTried(state);

/** Whether the page itself makes something, which comes first. */
export function isPageBusy(state: AppState): boolean {
  const { run, panes, comparing, painting, opening, enlarging, styleSet } = state;
  const paints = painting !== null && !comparing; // nothing on the wall shows it, or ends it
  if (paints || opening !== null || enlarging !== null) return true;
  if (styleSet.status === 'working') return true;
  if (comparing) return wallProgress(panes).busy;
  return run.status === 'running' || run.status === 'previewing';
}

/** How far the list is, 0..1. */
export function batchProgress({ photos }: Batch): number {
  const share = ({ run }: BatchPhoto): number => {
    if (run.status === 'working') return run.done;
    return run.status === 'waiting' ? 0 : 1;
  };
  return photos.reduce((sum, photo) => sum + share(photo), 0) / Math.max(1, photos.length);
}

/** The ZIP's name tells the styles of the pictures in it, whatever is chosen since. */
export function zipName({ photos }: Batch): string {
  const made = photos.flatMap((photo) => photo.made ?? []);
  const styles = new Set(made.map(({ setup }) => styleName(setup.style)));
  return fileName(`${made.length} pictures`, [...styles].slice(0, MOST_NAMED), 'zip');
}

/** What was made, as files; two of one name get numbers. */
export function batchFiles({ photos }: Batch): readonly File[] {
  const taken = new Set<string>();
  return photos.flatMap(({ made }) => {
    if (!made) return [];
    let name = made.name;
    for (let k = 2; taken.has(name); k++) name = made.name.replace(/(\.\w+)$/, `-${k}$1`);
    taken.add(name);
    return [new File([made.blob], name, { type: made.blob.type })];
  });
}
