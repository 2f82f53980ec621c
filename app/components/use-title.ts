import { useEffect } from 'react';
import { progressOf } from '../store/progress';
import { useApp } from './use-app';

/** The tab says how far a picture is, for who looks elsewhere meanwhile. */
export function useTitle(): void {
  const percent = useApp(({ run }) => (run.status === 'running' ? Math.round(progressOf(run) * 100) : null));
  useEffect(() => {
    document.title = percent === null ? 'Statistyle' : `${percent} % · Statistyle`;
  }, [percent]);
}
