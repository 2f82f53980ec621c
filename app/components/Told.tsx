import type { ReactNode } from 'react';
import type { Failure } from '../../src/pipeline/failure';
import { noticeWords } from './notice-words';
import { failureWords } from './sentences';
import { useApp, useAppStore } from './use-app';

interface ToldProps {
  readonly busy: boolean; // progress comes before what can wait
  readonly children: ReactNode;
}

/** What comes before all else under the picture and the wall: an engine that does not run, a notice. Else the children. */
export function Told({ busy, children }: ToldProps) {
  const store = useAppStore();
  const engine = useApp((state) => state.engine);
  const notice = useApp((state) => state.notice);
  const { startEngine, backendWish, dismiss } = store.getState();
  if (engine.status === 'failed') {
    return (
      <FailureLine failure={engine.failure} action="Try again" onAction={() => startEngine(backendWish)} />
    );
  }
  if (notice?.code === 'failed') {
    return <FailureLine failure={notice.failure} action="Dismiss" onAction={dismiss} />;
  }
  const told = notice && noticeWords(notice);
  if (!told || (busy && notice.code !== 'address')) return children;
  return (
    <div className="status failure" role="alert">
      <p className="status-words">{told}</p>
      <button type="button" className="button" onClick={dismiss}>
        Dismiss
      </button>
    </div>
  );
}

/** That a newer version is there, when the page has nothing else to say. Else the children. */
export function Newer({ children }: { readonly children: ReactNode }) {
  const store = useAppStore();
  const ready = useApp((state) => state.newerVersion === 'ready');
  const { takeNewer, leaveNewer } = store.getState();
  if (!ready) return children;
  return (
    <div className="status offer" role="status">
      <p className="status-words">
        A newer Statistyle is ready. <span className="note wide-only">Photo, styles and set-up stay.</span>
      </p>
      <button type="button" className="button" onClick={takeNewer}>
        Reload
      </button>
      <button type="button" className="button" onClick={leaveNewer}>
        Later
      </button>
    </div>
  );
}

interface FailureLineProps {
  readonly failure: Failure;
  readonly action: string;
  onAction(): void;
}

export function FailureLine({ failure, action, onAction }: FailureLineProps) {
  const { what, next } = failureWords(failure);
  return (
    <div className="status failure" role="alert">
      <p className="status-words">
        <strong>{what}</strong> {next}
      </p>
      <button type="button" className="button" onClick={onAction}>
        {action}
      </button>
    </div>
  );
}
