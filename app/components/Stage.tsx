import type { Size } from '../../src/pipeline/size';
import { scaleOf } from '../store/geometry';
import type { Picture } from '../store/picture';
import { showsBarePhoto } from '../store/regions-slice';
import { PaintLayer } from './PaintLayer';
import { PicturePane } from './PicturePane';
import { SplitView } from './SplitView';
import { useApp } from './use-app';

interface StageProps {
  readonly photo: Picture;
  readonly frame: Size; // the result's size, px
  readonly pane: Size; // CSS px
  readonly stacked: boolean; // panes one above the other
}

/** A picture narrower than this hides under the split's line: it is shown alone, CSS px. */
const THIN = 8;

/** The result over the photo, beside it, or alone; the photo while there is none. */
export function Stage({ photo, frame, pane, stacked }: StageProps) {
  const result = useApp((state) => (state.result?.photo === photo.id ? state.result : null));
  const zoom = useApp((state) => state.zoom);
  const wanted = useApp((state) => state.mode);
  const showsOriginal = useApp((state) => state.showsOriginal);
  const region = useApp((state) => state.regions.find(({ id }) => id === state.painting));
  const bare = useApp(showsBarePhoto);
  const thin = frame.width * scaleOf(zoom, frame, pane) < THIN;
  const mode =
    !result || showsOriginal || bare
      ? 'photo'
      : region
        ? 'result'
        : wanted === 'split' && thin
          ? 'result'
          : wanted;
  const original = (
    <PicturePane image={photo.preview} name={`Photo: ${photo.name}`} frame={frame} pane={pane} />
  );
  const styled = result && (
    <PicturePane image={result.image} name={`Result: ${photo.name}, restyled`} frame={frame} pane={pane} />
  );
  return (
    <div
      className="stage"
      data-mode={mode}
      data-stacked={stacked}
      data-zoomed={zoom !== 'fit'}
      role="group"
      aria-label="Picture view: plus and minus zoom, arrows move, 1 is full size, 0 fits"
      tabIndex={0}
    >
      {mode === 'split' && styled ? (
        <SplitView photo={original} result={styled} />
      ) : (
        <>
          {mode !== 'result' && (
            <div className="pane" data-pane>
              {original}
            </div>
          )}
          {mode !== 'photo' && (
            <div className="pane" data-pane>
              {styled}
            </div>
          )}
          {region && !showsOriginal && <PaintLayer region={region} frame={frame} pane={pane} />}
        </>
      )}
    </div>
  );
}
