import { progressIn } from '../../src/pipeline/request';
import type { PaneRun } from './panes';
import type { Run } from './run-slice';

/** How far a picture is in work, 0..1. */
export function progressOf({
  stage,
  done,
}: Extract<Run, { status: 'running' }> | Extract<PaneRun, { status: 'painting' }>): number {
  return stage === 'waiting' ? 0 : progressIn(stage, done);
}
