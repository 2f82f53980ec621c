import type { Stage } from '../../src/pipeline/request';
import type { Run } from './run-slice';

/** Where each stage begins and ends on the whole way, by the time it takes at 512 px on wasm. */
const SPANS: Readonly<Record<Stage | 'waiting', readonly [from: number, to: number]>> = {
  waiting: [0, 0],
  encoding: [0, 0.4],
  normalising: [0.4, 0.45],
  decoding: [0.45, 1],
};

/** How far the whole picture is, 0..1. */
export function progressOf({ stage, done }: Extract<Run, { status: 'running' }>): number {
  const [from, to] = SPANS[stage];
  return from + (to - from) * done;
}
