import { Plus } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { useEffect, useRef } from 'react';
import { AllStyles } from './AllStyles';
import { ChooseButton } from './FilePicker';
import { RegionsLine } from './RegionsLine';
import { LoadedTile, OwnTile, PresetTile } from './StyleTiles';
import { ignoresStyle } from '../store/settings-slice';
import { useApp } from './use-app';
import { useEdges } from './use-edges';
import { useShares, useStyleChoice } from './use-style-choice';

/** Styles to pick from: one's own pictures first, then the painters. Tab enters, arrow keys walk. */
export function StyleStrip() {
  const presets = useApp((state) => state.presets);
  const recent = useApp((state) => state.recentStyles);
  const loaded = useApp((state) => state.loadedStyles);
  const ignored = useApp(ignoresStyle);
  const [chosen, choose] = useStyleChoice();
  const shares = useShares();
  const [watchEdges, edges] = useEdges();
  const tiles = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current: all } = tiles;
    if (!all) return undefined;
    const show = (): void => showChosen(all);
    const resized = new ResizeObserver(show); // the window, or tiles that Compare makes smaller
    for (const one of [all, ...all.children]) resized.observe(one);
    return () => resized.disconnect();
  }, [chosen]);

  return (
    <section className="strip" aria-label="Style" data-slot="style" data-ignored={ignored}>
      <div
        ref={(element) => {
          tiles.current = element;
          return watchEdges(element);
        }}
        className="tiles"
        data-left={edges.left}
        data-right={edges.right}
        onWheel={({ currentTarget, deltaX, deltaY }) => {
          if (deltaX === 0) currentTarget.scrollLeft += deltaY; // a mouse wheel has no other axis
        }}
      >
        <ChooseButton slot="style" name="Style file" className="tile tile-button own-tile">
          <span className="swatch">
            <Plus />
          </span>
          <span className="tile-name">
            Your own <span className="wide-only">style</span>
          </span>
          <span className="tile-title">choose or drop</span>
        </ChooseButton>
        <ToggleGroup.Root
          className="tiles-choices"
          type="single"
          aria-label="Styles"
          value={chosen}
          onValueChange={choose}
        >
          {loaded.map((style) => (
            <LoadedTile key={style.picture} style={style} percent={shares.get(String(style.picture))} />
          ))}
          {recent.map((picture) => (
            <OwnTile key={picture.id} picture={picture} percent={shares.get(String(picture.id))} />
          ))}
          {presets.map((preset) => (
            <PresetTile key={preset.id} preset={preset} percent={shares.get(preset.id)} />
          ))}
        </ToggleGroup.Root>
      </div>
      <AllStyles />
      <RegionsLine />
    </section>
  );
}

/** Scrolls sideways only: the page stays where it is. */
function showChosen(tiles: HTMLElement): void {
  const tile = tiles.querySelector('[data-state=on]')?.closest('.tile');
  if (!tile) return;
  const [inner, outer] = [tile.getBoundingClientRect(), tiles.getBoundingClientRect()];
  const fade = 0.35 * inner.width; // about what the edges of the strip hide
  if (inner.left >= outer.left + fade && inner.right <= outer.right - fade) return;
  tiles.scrollLeft += inner.left + inner.width / 2 - (outer.left + outer.width / 2);
}
