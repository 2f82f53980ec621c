import { useRef } from 'react';
import { sizeAt } from '../../src/pipeline/size';
import { scaleOf } from '../store/geometry';
import { EmptyStage } from './EmptyStage';
import { HoldButton } from './HoldButton';
import { PaintButton } from './PaintButton';
import { Stage } from './Stage';
import { StatusBar } from './StatusBar';
import { useApp } from './use-app';
import { useFocusAfterEmpty } from './use-focus-after-empty';
import { useNavigation } from './use-navigation';
import { useSize } from './use-size';
import { ViewSwitch } from './ViewSwitch';
import { WayBackOffer } from './WayBackOffer';
import { ZoomControls } from './ZoomControls';

const NOTHING = { width: 1, height: 1 };

/** The picture with everything that looks at it; what changes it is elsewhere. */
export function Viewer() {
  const photo = useApp((state) => state.photo);
  const opening = useApp((state) => state.opening === 'photo');
  const hasResult = useApp((state) => state.result !== null && state.result.photo === state.photo?.id);
  const beside = useApp(
    (state) => hasResult && state.mode === 'beside' && !state.showsOriginal && state.painting === null,
  );
  const painting = useApp((state) => state.painting !== null);
  const workingSize = useApp((state) => state.settings.workingSize);
  const [measure, size] = useSize();
  const stage = useRef<HTMLDivElement>(null);
  useFocusAfterEmpty(stage);
  const frame = photo ? sizeAt(photo.size, workingSize) : NOTHING;
  const above = { width: size.width, height: size.height / 2 };
  const next = { width: size.width / 2, height: size.height };
  const stacked = scaleOf('fit', frame, above) > scaleOf('fit', frame, next); // whichever shows more
  const pane = !beside ? size : stacked ? above : next;
  const { onKeyDown, ...zoom } = useNavigation(stage, frame, pane);
  return (
    <section className="viewer" aria-label="Picture">
      <div
        ref={(element) => {
          stage.current = element;
          return measure(element);
        }}
        className="stage-area"
        onKeyDown={onKeyDown}
      >
        {photo ? (
          <Stage photo={photo} frame={frame} pane={pane} stacked={stacked} />
        ) : opening ? null : (
          <EmptyStage />
        )}
      </div>
      <div className="bar">
        <StatusBar />
        <WayBackOffer />
        {photo && (
          <div className="view-tools">
            {hasResult && !painting && <ViewSwitch />}
            {hasResult && <HoldButton />}
            <PaintButton />
            <ZoomControls {...zoom} />
          </div>
        )}
      </div>
    </section>
  );
}
