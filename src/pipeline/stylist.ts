import type { BackendReport, BackendWish, Timings } from './choose-backend';
import type { Failure } from './failure';
import type { Numbers, Portrait } from './numbers';
import type { ImageType, LargeAs, NamedShare } from './protocol';
import type { PictureId, Request, Stage, StageTimes } from './request';
import type { Size } from './size';
import type { StyleData, StyleFile } from './style-file';
import type { StyleSet } from './style-set';

/** What came of a wish. Nothing here rejects. */
export type Outcome<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly failure: Failure };

export type Finished = Outcome<{
  readonly image: ImageBitmap;
  readonly times: StageTimes;
  readonly grain: number; // for files as large as the photo
  readonly change?: number;
}>;
export type Kept = Outcome<{
  readonly picture: PictureId;
  readonly size: Size;
  readonly preview: ImageBitmap;
}>;
export type Measured = Outcome<{ readonly numbers: Numbers }>;
export type Inspected = Outcome<{ readonly portrait: Portrait }>;
export type Saved = Outcome<{ readonly blob: Blob; readonly size: Size }>;
export type ReadStyle = Outcome<{ readonly file: StyleFile }>;
export type Pooled = Outcome<{ readonly set: StyleSet }>;
export type OnProgress = (stage: Stage, done: number) => void;

/** A file that is to be as large as the photo that the picture was made of. */
export interface Large extends LargeAs {
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
}

/** How the engine fares. */
export type EngineState =
  | { readonly status: 'loading'; readonly done: number } // share of the weights, 0..1
  | { readonly status: 'ready'; readonly report: BackendReport }
  | { readonly status: 'failed'; readonly failure: Failure };

/** The worker as the rest of the app sees it. Store tests pass a plain object instead. */
export interface Stylist {
  /** (Re)starts the worker; pictures stay known. Jobs that wait fail as cancelled. */
  start(wish: BackendWish, onState: (state: EngineState) => void, timings?: Timings): void;
  keep(blob: Blob, name: string): Promise<Kept>;
  keepPreset(preset: string): PictureId;
  /** A style as its statistics; numbers that are wrong fail the job that uses it. */
  keepStyle(style: StyleData): PictureId;
  /** A blend as a file. */
  exportStyle(name: string, styles: readonly NamedShare[], styleSize: number): Promise<ReadStyle>;
  /** Checks what a style file holds. */
  readStyle(text: string, name: string): Promise<ReadStyle>;
  /** Many pictures as one style. */
  pool(
    pictures: readonly { readonly name: string; readonly blob: Blob }[],
    styleSize: number,
    onProgress: OnProgress,
    signal: AbortSignal,
  ): Promise<Pooled>;
  forget(picture: PictureId): void;
  stylise(request: Request, onProgress: OnProgress, signal: AbortSignal): Promise<Finished>;
  /** The numbers of a request's result; it is not made again if it just was. */
  measure(request: Request, onProgress: OnProgress, signal: AbortSignal): Promise<Measured>;
  /** What the norm does to the channels. */
  inspect(request: Request, onProgress: OnProgress, signal: AbortSignal): Promise<Inspected>;
  /** Makes a file of a picture on screen; `image` is empty afterwards. */
  save(image: ImageBitmap, as: ImageType, large?: Large): Promise<Saved>;
}
