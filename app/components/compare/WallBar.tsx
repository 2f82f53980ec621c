import { Plus, Square, SquareSplitHorizontal, X } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { NUMBER_NAMES } from '../../../src/pipeline/captions';
import { PANES, wallProgress, type Order } from '../../store/panes';
import { HoldButton } from '../HoldButton';
import { Newer, Told } from '../Told';
import { useApp, useAppStore } from '../use-app';
import { WayBackOffer } from '../WayBackOffer';
import { ZoomControls } from '../ZoomControls';
import { NUMBER_KEYS } from './definitions';
import { wallWords } from './wall-words';
import { WallSettings } from './WallSettings';

/** Under the wall: how far it is, and what is the same for all panes. */
export function WallBar(zoom: Parameters<typeof ZoomControls>[0]) {
  const store = useAppStore();
  const photo = useApp((state) => state.photo);
  const order = useApp((state) => state.order);
  const mode = useApp((state) => state.wallMode);
  const full = useApp(({ panes }) => panes.length >= PANES.most);
  const busy = useApp(({ panes }) => wallProgress(panes).busy);
  const { setOrder, setWallMode, addPane } = store.getState();
  return (
    <div className="bar wall-bar">
      <Told busy={busy}>
        <WallStatus />
      </Told>
      <WayBackOffer />
      {photo && (
        <div className="view-tools">
          <button
            type="button"
            className="button"
            aria-label="Add a pane"
            title={full ? `${PANES.most} panes are the most` : 'Add a pane'}
            aria-disabled={full} // and keeps the focus
            onClick={() => !full && addPane()}
          >
            <Plus /> <span className="wide-only">Add</span>
          </button>
          <select
            className="select"
            aria-label="Order"
            title="Order of the panes"
            value={order}
            onChange={({ currentTarget }) => setOrder(currentTarget.value as Order)} // one of the options below
          >
            <option value="placed">As placed</option>
            {NUMBER_KEYS.map((key) => (
              <option key={key} value={key}>
                {NUMBER_NAMES[key]}
              </option>
            ))}
          </select>
          <WallSettings />
          <ToggleGroup.Root
            className="segments"
            type="single"
            aria-label="View"
            value={mode}
            onValueChange={(value) => (value === 'result' || value === 'split') && setWallMode(value)}
          >
            <ToggleGroup.Item value="result" className="segment" title="Result">
              <Square className="narrow-only" />
              <span className="wide-text">Result</span>
            </ToggleGroup.Item>
            <ToggleGroup.Item value="split" className="segment" title="Split">
              <SquareSplitHorizontal className="narrow-only" />
              <span className="wide-text">Split</span>
            </ToggleGroup.Item>
          </ToggleGroup.Root>
          <HoldButton />
          <ZoomControls {...zoom} />
        </div>
      )}
    </div>
  );
}

function WallStatus() {
  const store = useAppStore();
  const words = useApp(wallWords);
  const done = useApp(({ panes }) => wallProgress(panes).done);
  const busy = useApp(({ panes }) => wallProgress(panes).busy);
  const stopped = useApp(({ panes }) => panes.some(({ run }) => run.status === 'stopped'));
  const { cancelWall, resumeWall } = store.getState();
  const percent = Math.round(done * 100);
  if (!busy && stopped) {
    return (
      <div className="status">
        <p className="status-words">Stopped. What is finished stays.</p>
        <button type="button" className="button" onClick={resumeWall}>
          Continue
        </button>
      </div>
    );
  }
  if (!busy) {
    return (
      <Newer>
        <div className="status">
          <p className="status-words">{words}</p>
        </div>
      </Newer>
    );
  }
  return (
    <div className="status">
      <div className="progress">
        <p className="status-words">
          <span className="percent">{percent} %</span> {words}
        </p>
        <div
          className="progress-track"
          role="progressbar"
          aria-label="Comparing"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
          aria-valuetext={`${words}, ${percent} %`}
        >
          <span style={{ transform: `scaleX(${done})` }} />
        </div>
      </div>
      <button type="button" className="button stop" aria-label="Stop" title="Stop" onClick={cancelWall}>
        <X /> <span className="wide-text">Stop</span>
      </button>
    </div>
  );
}
