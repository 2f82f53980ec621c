import { WeightsError } from '../../app/models/weights-file';

/** Not a file of ours; from a newer version; measured by other networks; or not what it says it is. */
export type StyleFileProblem = 'foreign' | 'newer' | 'other-networks' | 'damaged';

/** Not a picture that can be opened here; one that is damaged; or one of a phone's kind that browsers do not open. */
export type PictureProblem = 'foreign' | 'damaged' | 'heic';

/** What can go wrong outside our own code. Page and command line have one sentence for each. */
export type Failure =
  | { readonly code: 'no-backend'; readonly reason: string }
  | { readonly code: 'gpu-lost'; readonly reason: string }
  | { readonly code: 'weights-unreachable'; readonly file: string }
  | { readonly code: 'weights-damaged'; readonly file: string; readonly reason: string }
  | { readonly code: 'picture-too-large'; readonly pixels: number; readonly limit: number }
  | { readonly code: 'picture-unreadable'; readonly name: string; readonly why?: PictureProblem }
  | { readonly code: 'picture-forgotten' }
  | { readonly code: 'style-has-no-cin' }
  | { readonly code: 'style-file'; readonly name: string; readonly why: StyleFileProblem }
  | { readonly code: 'out-of-memory' }
  | { readonly code: 'cancelled' }
  | { readonly code: 'bug'; readonly message: string };

/** Carries a Failure up to the edge (worker or command line), where it becomes a value again. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  constructor(readonly failure: Failure) {
    super(failure.code);
  }
}

/** What was thrown, as a value: the one place where an unknown error becomes a bug. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Stopped) return error.failure;
  if (error instanceof WeightsError) {
    const { kind, file, message } = error;
    return kind === 'unreachable'
      ? { code: 'weights-unreachable', file }
      : { code: 'weights-damaged', file, reason: message };
  }
  const message = error instanceof Error ? error.message : String(error);
  return EXHAUSTED.test(message) ? { code: 'out-of-memory' } : { code: 'bug', message };
}

/** Engines say in words that memory ran out; tfjs on wasm then writes where `malloc` gave it nothing. */
const EXHAUSTED =
  /out of memory|enlarge memory|grow instance memory|access out of bounds|allocation failed|abort\(OOM\)|GPUBuffer.*memory/i;
