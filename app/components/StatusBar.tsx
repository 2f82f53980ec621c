import { X } from 'lucide-react';
import { progressOf } from '../store/progress';
import { stageWords, statusWords } from './status-words';
import { FailureLine, Newer, Told } from './Told';
import { useApp, useAppStore } from './use-app';

/** Under the picture: how far it is, what came of it, and what to do about it. */
export function StatusBar() {
  const running = useApp(({ run }) => run.status === 'running');
  return (
    <Told busy={running}>
      <RunStatus />
    </Told>
  );
}

function RunStatus() {
  const store = useAppStore();
  const engine = useApp((state) => state.engine);
  const run = useApp((state) => state.run);
  const { wishFull, cancel } = store.getState();
  if (run.status === 'failed') {
    return <FailureLine failure={run.failure} action="Try again" onAction={wishFull} />;
  }
  if (run.status === 'running') {
    return (
      <div className="status">
        <Progress done={engine.status === 'loading' ? engine.done : progressOf(run)} />
        <button type="button" className="button stop" aria-label="Stop" title="Stop" onClick={cancel}>
          <X /> <span className="wide-text">Stop</span>
        </button>
      </div>
    );
  }
  if (run.status === 'cancelled') {
    return (
      <div className="status">
        <Words />
        {/* in the place of Stop, and of its focus */}
        <button type="button" className="button" autoFocus onClick={wishFull}>
          Make it
        </button>
      </div>
    );
  }
  return (
    <Newer>
      <div className="status">
        <Words />
      </div>
    </Newer>
  );
}

function Words() {
  const words = useApp(statusWords);
  const stages = useApp(stageWords);
  const scaled = useApp(({ notice }) => (notice?.code === 'scaled' ? notice.megapixels : null));
  return (
    <p className="status-words">
      {words}
      {scaled === null ? (
        <span className="note wide-only"> {stages}</span>
      ) : (
        <span className="note">
          {' '}
          From a photo of {scaled.toFixed(0)} megapixels; raise the working size for more detail.
        </span>
      )}
    </p>
  );
}

/** Percent first: it keeps its place while the words change. */
function Progress({ done }: { readonly done: number }) {
  const words = useApp(statusWords);
  const seconds = useApp(({ run }) => (run.status === 'running' ? Math.floor(run.forMs / 1000) : 0));
  const percent = Math.round(done * 100);
  const known = done > 0;
  return (
    <div className="progress">
      <p className="status-words">
        {known && <span className="percent">{percent} %</span>} {words}
        {seconds > 1 && <span className="note"> {seconds} s</span>}
      </p>
      <div
        className="progress-track"
        role="progressbar"
        aria-label="Making the picture"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={known ? `${words}, ${percent} %` : words}
        data-unknown={!known}
        {...(known ? { 'aria-valuenow': percent } : {})}
      >
        <span style={known ? { transform: `scaleX(${done})` } : {}} />
      </div>
    </div>
  );
}
