/** Everything that crosses between page and worker: plain data and transferables only. */
import type { BackendReport, BackendWish, Timings } from './choose-backend';
import type { Failure } from './failure';
import type { Numbers, Portrait } from './numbers';
import type { Size } from './size';
import type { PictureId, Request, Stage, StageTimes, StyleShare } from './request';
import type { StyleData, StyleFile } from './style-file';
import type { StyleSet } from './style-set';

export type JobId = number & { readonly __unit: 'job' };

/** A style of a blend with the name that a file gives it. */
export interface NamedShare extends StyleShare {
  readonly name: string;
}

/** What a picture is saved as. */
export type ImageType = 'image/png' | 'image/jpeg' | 'image/webp';

/** A file is to be as large as the photo that the picture was made of (enlarge.ts). */
export interface LargeAs {
  readonly photo: PictureId;
  readonly grain: number; // 0..1
}

export type ToWorker =
  | {
      readonly type: 'start';
      readonly wish: BackendWish;
      readonly timings?: Timings;
      readonly gpuFailed: boolean;
    }
  | {
      readonly type: 'keep'; // a Blob crosses by reference; the worker decodes it
      readonly job: JobId;
      readonly picture: PictureId;
      readonly blob: Blob;
      readonly name: string;
    }
  | { readonly type: 'keep-preset'; readonly picture: PictureId; readonly preset: string }
  | { readonly type: 'keep-style'; readonly picture: PictureId; readonly style: StyleData }
  | {
      readonly type: 'export-style'; // a blend as a file
      readonly job: JobId;
      readonly name: string;
      readonly styles: readonly NamedShare[];
      readonly styleSize: number;
    }
  | {
      readonly type: 'read-style'; // a file, to be checked
      readonly job: JobId;
      readonly text: string;
      readonly name: string;
    }
  | {
      readonly type: 'pool'; // many pictures as one style
      readonly job: JobId;
      readonly pictures: readonly { readonly name: string; readonly blob: Blob }[];
      readonly styleSize: number;
    }
  | { readonly type: 'forget'; readonly picture: PictureId }
  | { readonly type: 'stylise'; readonly job: JobId; readonly request: Request }
  | { readonly type: 'measure' | 'inspect'; readonly job: JobId; readonly request: Request }
  | { readonly type: 'cancel'; readonly job: JobId }
  | { readonly type: 'ping' } // is answered by 'alive'
  | {
      readonly type: 'save';
      readonly job: JobId;
      readonly image: ImageBitmap; // transferred: a copy of what is on screen
      readonly as: ImageType;
      readonly large?: LargeAs;
    };

/** Answers to a job: each settles it, once. */
export type Answer =
  | {
      readonly type: 'kept';
      readonly job: JobId;
      readonly size: Size;
      readonly preview: ImageBitmap; // at most PREVIEW_SIDE px
    }
  | {
      readonly type: 'finished';
      readonly job: JobId;
      readonly image: ImageBitmap;
      readonly times: StageTimes;
      readonly grain: number; // what a file as large as the photo gets of its finest structure, 0..1
      readonly change?: number; // how far the statistics moved, when it was asked for
    }
  | { readonly type: 'measured'; readonly job: JobId; readonly numbers: Numbers }
  | { readonly type: 'inspected'; readonly job: JobId; readonly portrait: Portrait }
  | { readonly type: 'style-file'; readonly job: JobId; readonly file: StyleFile }
  | { readonly type: 'pooled'; readonly job: JobId; readonly set: StyleSet }
  | { readonly type: 'saved'; readonly job: JobId; readonly blob: Blob; readonly size: Size }
  | { readonly type: 'failed'; readonly job: JobId; readonly failure: Failure };

export type FromWorker =
  | { readonly type: 'alive' }
  | { readonly type: 'loading'; readonly done: number } // share of the weights, 0..1
  | { readonly type: 'ready'; readonly report: BackendReport }
  | { readonly type: 'start-failed'; readonly failure: Failure }
  | { readonly type: 'lost'; readonly failure: Failure } // this worker can do no more: start another
  | { readonly type: 'progress'; readonly job: JobId; readonly stage: Stage; readonly done: number } // 0..1
  | Answer;
