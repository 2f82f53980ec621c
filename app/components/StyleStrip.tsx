import { Plus } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import type { PictureId } from '../../src/pipeline/request';
import { ChooseButton } from './FilePicker';
import { OwnTile, PresetTile } from './StyleTiles';
import { useApp, useAppStore } from './use-app';

/** Styles to pick from: one's own pictures first, then the painters. Tab enters, arrow keys walk. */
export function StyleStrip() {
  const store = useAppStore();
  const presets = useApp((state) => state.presets);
  const recent = useApp((state) => state.recentStyles);
  const chosen = useApp(({ style }) =>
    style === null ? '' : style.kind === 'preset' ? style.preset.id : String(style.picture),
  );
  const ignored = useApp((state) => state.settings.norm === 'in');

  function choose(value: string): void {
    if (value === '') return; // the chosen one again
    const { chooseRecent, choosePreset } = store.getState();
    if (recent.some(({ id }) => String(id) === value))
      chooseRecent(Number(value) as PictureId); // just compared
    else choosePreset(value);
  }

  return (
    <section className="strip" aria-label="Style" data-slot="style">
      <div
        className="tiles"
        data-ignored={ignored}
        onWheel={({ currentTarget, deltaX, deltaY }) => {
          if (deltaX === 0) currentTarget.scrollLeft += deltaY; // a mouse wheel has no other axis
        }}
      >
        <div className="tile">
          <ChooseButton slot="style" name="Style file" className="tile-button own-tile">
            <span className="swatch">
              <Plus />
            </span>
            <span className="tile-name">Your own style</span>
            <span className="tile-title">choose or drop</span>
          </ChooseButton>
        </div>
        <ToggleGroup.Root
          className="tiles-choices"
          type="single"
          aria-label="Styles"
          value={chosen}
          onValueChange={choose}
        >
          {recent.map((picture) => (
            <OwnTile key={picture.id} picture={picture} />
          ))}
          {presets.map((preset) => (
            <PresetTile key={preset.id} preset={preset} />
          ))}
        </ToggleGroup.Root>
      </div>
    </section>
  );
}
