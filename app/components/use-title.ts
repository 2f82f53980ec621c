import { useEffect } from 'react';
import { batchProgress } from '../store/batch';
import { wallProgress } from '../store/panes';
import { progressOf } from '../store/progress';
import { useApp } from './use-app';

/** The tab says how far a picture is, for who looks elsewhere meanwhile. */
export function useTitle(): void {
  const percent = useApp(({ run, comparing, panes, batch }) => {
    const { done, busy } = wallProgress(panes);
    if (batch.running) return Math.round(batchProgress(batch) * 100);
    if (comparing) return busy ? Math.round(done * 100) : null;
    return run.status === 'running' ? Math.round(progressOf(run) * 100) : null;
  });
  useEffect(() => {
    document.title = percent === null ? 'Statistyle' : `${percent} % · Statistyle`;
  }, [percent]);
}
