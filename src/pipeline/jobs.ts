import type { Failure } from './failure';
import type { Answer, FromWorker, JobId, ToWorker } from './protocol';
import type { PictureId } from './request';
import type { StyleData } from './style-file';
import type { Large, OnProgress } from './stylist';

/** The part of `Worker` we use, so that tests need none. */
export interface Port {
  postMessage(message: ToWorker, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

/** A job that was sent and is not answered yet. */
export interface Waiting {
  readonly type: 'keep' | 'stylise' | 'measure' | 'inspect' | 'style' | 'save' | 'enlarge';
  readonly onProgress?: OnProgress;
  readonly settle: (answer: Answer) => void;
  /** What to send again when the worker is replaced. Spent after one use. */
  again?: ToWorker;
}

/** What an engine that cannot start leaves undone. */
export const NEEDS_ENGINE: Readonly<Record<Waiting['type'], boolean>> = {
  stylise: true,
  measure: true,
  inspect: true,
  style: true,
  enlarge: true,
  keep: false,
  save: false,
};

export const CANCELLED: Failure = { code: 'cancelled' };

/** How to ask for one job. */
export interface Ask<T> {
  readonly type: Waiting['type'];
  message(job: JobId): ToWorker;
  read(answer: Answer): T | false;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
  readonly again?: boolean; // whether a new worker is to do it
  readonly transfer?: readonly Transferable[];
}

export function withoutJob({ image, times, grain, change }: Extract<Answer, { type: 'finished' }>) {
  return { image, times, grain, ...(change === undefined ? {} : { change }) };
}

/** The part of a wish for a large file that crosses to the worker. */
export function largeAs(large: Large | undefined) {
  return large && { large: { photo: large.photo, grain: large.grain } };
}

/** Lets go of what will not be transferred. */
export function close(item: Transferable): void {
  if ('close' in item && typeof item.close === 'function') item.close();
}

export function failureIn(answer: Answer): Failure {
  return answer.type === 'failed' ? answer.failure : { code: 'bug', message: `answered with ${answer.type}` };
}

/** What a worker can be told of a picture, again after it was replaced. */
export type KeptPicture =
  | { readonly blob: Blob; readonly name: string; readonly job: JobId }
  | { readonly preset: string }
  | { readonly style: StyleData };

export function told(picture: PictureId, known: KeptPicture): ToWorker {
  if ('preset' in known) return { type: 'keep-preset', picture, ...known };
  if ('style' in known) return { type: 'keep-style', picture, ...known };
  return { type: 'keep', picture, ...known };
}

/** The next worker is told of these again. */
export const goesAgain = ({ type, again }: Waiting): boolean => type === 'keep' || again !== undefined;
