/** Everything that crosses between page and worker: plain data and transferables only. */
import type { BackendReport, BackendWish, Timings } from './choose-backend';
import type { Failure } from './failure';
import type { Size } from './size';
import type { PictureId, Request, Stage, StageTimes } from './request';

export type JobId = number & { readonly __unit: 'job' };

/** What a picture is saved as. */
export type ImageType = 'image/png' | 'image/jpeg' | 'image/webp';

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
  | { readonly type: 'forget'; readonly picture: PictureId }
  | { readonly type: 'stylise'; readonly job: JobId; readonly request: Request }
  | { readonly type: 'cancel'; readonly job: JobId }
  | { readonly type: 'ping' } // is answered by 'alive'
  | {
      readonly type: 'save';
      readonly job: JobId;
      readonly image: ImageBitmap; // transferred: a copy of what is on screen
      readonly as: ImageType;
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
    }
  | { readonly type: 'saved'; readonly job: JobId; readonly blob: Blob }
  | { readonly type: 'failed'; readonly job: JobId; readonly failure: Failure };

export type FromWorker =
  | { readonly type: 'alive' }
  | { readonly type: 'loading'; readonly done: number } // share of the weights, 0..1
  | { readonly type: 'ready'; readonly report: BackendReport }
  | { readonly type: 'start-failed'; readonly failure: Failure }
  | { readonly type: 'lost'; readonly failure: Failure } // this worker can do no more: start another
  | { readonly type: 'progress'; readonly job: JobId; readonly stage: Stage; readonly done: number } // 0..1
  | Answer;
