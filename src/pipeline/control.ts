import { Stopped } from './failure';
import type { Stage } from './request';

/** How a caller follows and stops a run. */
export interface Control {
  readonly signal?: AbortSignal;
  /** `done` is the share of this stage, 0..1. */
  readonly onProgress?: (stage: Stage, done: number) => void;
}

/**
 * Lets waiting events run (a cancel message among them), reports progress, and throws when cancelled.
 * @throws Stopped 'cancelled'
 */
export async function pause({ signal, onProgress }: Control, stage: Stage, done: number): Promise<void> {
  onProgress?.(stage, done);
  await nextTask();
  if (signal?.aborted) throw new Stopped({ code: 'cancelled' });
}

/** For one of several works that share a stage, which is then told its part of the way. */
export function partOf({ signal, onProgress }: Control, index: number, count: number): Control {
  return {
    ...(signal && { signal }),
    ...(onProgress && { onProgress: (stage, done) => onProgress(stage, (index + done) / count) }),
  };
}

/** A macrotask without the 4 ms that browsers add to nested timers. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
