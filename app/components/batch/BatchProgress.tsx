import { X } from 'lucide-react';
import { batchProgress, isPageBusy } from '../../store/batch';
import { useApp, useAppStore } from '../use-app';
import { timeLeft } from './batch-words';

export function BatchProgress() {
  const store = useAppStore();
  const batch = useApp((state) => state.batch);
  const givesWay = useApp(isPageBusy);
  const settled = batch.photos.filter(
    ({ run }) => run.status === 'finished' || run.status === 'failed',
  ).length;
  const done = batchProgress(batch);
  return (
    <div className="batch-run">
      <div className="progress">
        <p className="status-words">
          <span className="percent">{Math.round(done * 100)} %</span>{' '}
          {Math.min(settled + 1, batch.photos.length)} of {batch.photos.length}
          <span className="note"> {timeLeft(batch, givesWay)}</span>
        </p>
        <progress className="set-progress" aria-label="Photos restyled" value={done} />
      </div>
      <button
        type="button"
        className="button stop"
        aria-label="Stop"
        title="Stop"
        onClick={() => store.getState().stopBatch()}
      >
        <X /> <span className="wide-text">Stop</span>
      </button>
    </div>
  );
}
