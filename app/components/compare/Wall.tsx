import { useRef, useState } from 'react';
import { numberText } from '../../../src/pipeline/captions';
import { sizeAt } from '../../../src/pipeline/size';
import { inOrder, lowest } from '../../store/panes';
import { EmptyStage } from '../EmptyStage';
import { PicturePane } from '../PicturePane';
import { useApp } from '../use-app';
import { useFocusAfter } from '../use-focus-after';
import { useNavigation } from '../use-navigation';
import { usePageScrolls } from '../use-page-scrolls';
import { useSize } from '../use-size';
import { InspectDialog } from './InspectDialog';
import type { Lowest } from './PaneNumbers';
import { wallColumns } from './wall-columns';
import { WallBar } from './WallBar';
import { WallPane } from './WallPane';

const NOTHING = { width: 1, height: 1 };

/**
 * Numbers by which a norm can do better than another. Identity is the same for all, weights say little, and
 * times differ more by what else the machine does: the norms share the networks that take nearly all of it.
 */
const MERITS = ['style', 'content'] as const;

/** The norms side by side: one photo, one style, a pane for each norm; zoom, place and split are shared. */
export function Wall() {
  const photo = useApp((state) => state.photo);
  const panes = useApp((state) => state.panes);
  const order = useApp((state) => state.order);
  const workingSize = useApp((state) => state.settings.workingSize);
  const [inspected, setInspected] = useState<number | null>(null);
  const [measureWall, wall] = useSize();
  const [measurePicture, room] = useSize();
  const grid = useRef<HTMLDivElement>(null);
  const frame = photo ? sizeAt(photo.size, workingSize) : NOTHING;
  const { onKeyDown, ...zoom } = useNavigation(grid, frame, room);

  const shown = inOrder(panes, order);
  const least: Lowest = Object.fromEntries(
    MERITS.flatMap((key) => {
      const numbers = lowest(panes, key);
      return numbers ? [[key, numberText(numbers, key)]] : [];
    }),
  );
  const last = useRef<number | null>(null); // where the menu of a pane was opened
  const menu = (): HTMLElement | undefined => {
    if (last.current === null) return undefined;
    const menus = grid.current?.querySelectorAll<HTMLElement>('.pane-menu') ?? [];
    return menus[Math.min(last.current, menus.length - 1)];
  };
  useFocusAfter(shown.length, menu); // the pane before this one has gone
  const columns = wallColumns(shown.length, frame, wall, usePageScrolls());
  const gap = shown.length % columns !== 0; // room for the photo itself
  return (
    <section className="viewer wall-viewer" aria-label="Comparison">
      {photo ? (
        <div
          ref={(element) => {
            grid.current = element;
            return measureWall(element);
          }}
          className="wall"
          style={{
            gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            ['--aspect' as string]: frame.width / frame.height,
          }}
          role="group"
          aria-label="Panes: plus and minus zoom, arrows move, 1 is full size, 0 fits"
          tabIndex={0}
          onKeyDown={(event) => event.target === event.currentTarget && onKeyDown(event)}
        >
          {shown.map((pane, index) => (
            <WallPane
              key={pane.id}
              pane={pane}
              shown={shown}
              photo={photo}
              frame={frame}
              room={room}
              lowest={least}
              {...(index === 0 && { measure: measurePicture })}
              onMenu={() => (last.current = index)}
              onInspect={() => setInspected(pane.id)}
            />
          ))}
          {gap && (
            <div className="wall-pane" role="group" aria-label="The photo">
              <header className="pane-top">
                <h2 className="pane-photo-name">Photo</h2>
              </header>
              <div className="wall-picture" data-pane>
                <PicturePane image={photo.preview} name={`Photo: ${photo.name}`} frame={frame} pane={room} />
              </div>
            </div>
          )}
        </div>
      ) : (
        <div className="stage-area">
          <EmptyStage />
        </div>
      )}
      <WallBar {...zoom} />
      <InspectDialog id={inspected} onClose={() => setInspected(null)} home={menu} />
    </section>
  );
}
