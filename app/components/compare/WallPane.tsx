import type { NormId } from '../../../src/pipeline/request';
import type { Size } from '../../../src/pipeline/size';
import { paneProgress, type Pane } from '../../store/panes';
import type { Picture } from '../../store/picture';
import type { AppState } from '../../store/store';
import { PicturePane } from '../PicturePane';
import { NORMS } from '../sentences';
import { useApp, useAppStore } from '../use-app';
import { LinkedSplit } from './LinkedSplit';
import { DialsButton, PaneDials } from './PaneDials';
import { PaneMenu } from './PaneMenu';
import { PaneNumbers, type Lowest } from './PaneNumbers';
import { IN_IGNORES, paneWords, titleOf } from './wall-words';

interface WallPaneProps {
  readonly pane: Pane;
  readonly shown: readonly Pane[];
  readonly photo: Picture;
  readonly frame: Size; // the result's size, px
  readonly room: Size; // of the picture in the pane, CSS px
  readonly lowest: Lowest;
  readonly measure?: (element: HTMLElement | null) => void;
  onMenu(): void;
  onInspect(): void;
}

/** One norm with its own settings: its picture, large, and its numbers. */
export function WallPane({ pane, shown, photo, frame, room, lowest, measure, ...menu }: WallPaneProps) {
  const store = useAppStore();
  const title = titleOf(pane);
  const { does = '' } = NORMS.find(({ id }) => id === pane.settings.norm) ?? {};
  return (
    <div className="wall-pane" role="group" aria-label={title}>
      <header className="pane-top">
        <select
          className="pane-norm"
          aria-label="Norm"
          title={does}
          value={pane.settings.norm}
          onChange={
            ({ currentTarget }) => store.getState().setPane(pane.id, { norm: currentTarget.value as NormId }) // one of the options below
          }
        >
          {NORMS.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <PaneDials pane={pane} />
        <DialsButton pane={pane} />
        <PaneMenu pane={pane} shown={shown} {...menu} />
      </header>
      <div className="wall-picture" data-pane ref={measure}>
        <PaneView pane={pane} photo={photo} frame={frame} room={room} title={title} />
      </div>
      <PaneNumbers pane={pane} lowest={lowest} />
    </div>
  );
}

/** An engine that does not run is started first, and then all that failed is made. */
function tryAgain({ engine, startEngine, backendWish, resumeWall }: AppState): void {
  if (engine.status === 'failed') startEngine(backendWish);
  else resumeWall();
}

type PaneViewProps = Pick<WallPaneProps, 'pane' | 'photo' | 'frame' | 'room'> & { readonly title: string };

function PaneView({ pane, photo, frame, room, title }: PaneViewProps) {
  const store = useAppStore();
  const mode = useApp((state) => (state.showsOriginal ? 'photo' : state.wallMode));
  const words = useApp((state) => paneWords(pane, state));
  const done = paneProgress(pane);
  const original = (
    <PicturePane image={photo.preview} name={`Photo: ${photo.name}`} frame={frame} pane={room} />
  );
  const styled = pane.picture && (
    <PicturePane image={pane.picture.image} name={`Result: ${title}`} frame={frame} pane={room} />
  );
  return (
    <>
      {mode === 'photo' || !styled ? (
        mode === 'photo' ? (
          original
        ) : null
      ) : mode === 'split' ? (
        <LinkedSplit photo={original} result={styled} />
      ) : (
        styled
      )}
      {pane.settings.norm === 'in' && styled && <p className="pane-chip">{IN_IGNORES}</p>}
      {words !== '' && (
        <div
          className={styled ? 'pane-chip pane-busy' : 'pane-empty'}
          data-failed={pane.run.status === 'failed'}
        >
          <p>{words}</p>
          {pane.run.status === 'failed' && (
            <button type="button" className="button" onClick={() => tryAgain(store.getState())}>
              Try again
            </button>
          )}
        </div>
      )}
      {done !== null && (
        <div className="pane-track" aria-hidden="true">
          <span style={{ transform: `scaleX(${done})` }} />
        </div>
      )}
    </>
  );
}
