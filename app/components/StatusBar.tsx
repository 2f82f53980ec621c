import { X } from 'lucide-react';
import type { Failure } from '../../src/pipeline/failure';
import { progressOf } from '../store/progress';
import type { AppState } from '../store/store';
import { seconds } from './announcement';
import { failureWords, STAGE_NAMES } from './sentences';
import { useApp, useAppStore } from './use-app';

/** Under the picture: how far it is, what came of it, and what to do about it. */
export function StatusBar() {
  const store = useAppStore();
  const engine = useApp((state) => state.engine);
  const run = useApp((state) => state.run);
  const notice = useApp((state) => state.notice);
  const words = useApp(statusWords);
  const { startEngine, backendWish, dismiss, wishFull, cancel } = store.getState();

  if (engine.status === 'failed') {
    return (
      <FailureLine failure={engine.failure} action="Try again" onAction={() => startEngine(backendWish)} />
    );
  }
  if (notice?.code === 'failed') {
    return <FailureLine failure={notice.failure} action="Dismiss" onAction={dismiss} />;
  }
  if (run.status === 'failed') {
    return <FailureLine failure={run.failure} action="Try again" onAction={wishFull} />;
  }
  return (
    <div className="status">
      {run.status === 'running' ? (
        <>
          <Progress words={words} done={engine.status === 'loading' ? 0 : progressOf(run)} />
          <button type="button" className="button" onClick={cancel}>
            <X /> Stop
          </button>
        </>
      ) : (
        <p className="status-words">
          {words}
          {notice?.code === 'scaled' && (
            <span className="note">
              {' '}
              From a photo of {notice.megapixels.toFixed(0)} megapixels; raise the working size for more
              detail.
            </span>
          )}
        </p>
      )}
      {run.status === 'cancelled' && (
        <button type="button" className="button" onClick={wishFull}>
          Make it
        </button>
      )}
    </div>
  );
}

/** What the bar says when nothing failed. */
function statusWords({ engine, run, opening, result, photo, style }: AppState): string {
  const loading =
    engine.status === 'loading' ? `Loading the networks, ${Math.round(engine.done * 100)} %` : null;
  if (opening) return `Opening the ${opening}`;
  switch (run.status) {
    case 'running':
      return loading ?? STAGE_NAMES[run.stage];
    case 'cancelled':
      return result ? 'Stopped. The last picture is kept.' : 'Stopped.';
    case 'finished':
      return result ? `${result.image.width} × ${result.image.height} px, ${seconds(run.tookMs)}` : '';
    case 'idle':
    case 'failed':
      if (photo && !style) return 'Choose a style.';
      return loading ?? 'Ready.';
    default:
      return run satisfies never;
  }
}

function Progress({ words, done }: { readonly words: string; readonly done: number }) {
  const percent = Math.round(done * 100);
  return (
    <div className="progress">
      <p className="status-words">
        {words} <span className="percent">{percent} %</span>
      </p>
      <div
        className="progress-track"
        role="progressbar"
        aria-label="Making the picture"
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={`${words}, ${percent} %`}
      >
        <span style={{ transform: `scaleX(${done})` }} />
      </div>
    </div>
  );
}

interface FailureLineProps {
  readonly failure: Failure;
  readonly action: string;
  onAction(): void;
}

function FailureLine({ failure, action, onAction }: FailureLineProps) {
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
