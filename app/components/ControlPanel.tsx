import { Switch } from 'radix-ui';
import { DEFAULTS } from '../store/settings-slice';
import { sizeAt } from '../../src/pipeline/size';
import { EngineNote } from './EngineNote';
import { NormPicker } from './NormPicker';
import { NumberSlider } from './NumberSlider';
import { useApp, useAppStore } from './use-app';

/** Everything that shapes the result. Each control changes one setting. */
export function ControlPanel() {
  const store = useAppStore();
  const settings = useApp((state) => state.settings);
  const photo = useApp((state) => state.photo);
  const { set, drag } = store.getState();
  const isPreset = useApp((state) => state.style?.kind === 'preset');
  const made = photo && sizeAt(photo.size, settings.workingSize);
  return (
    <aside className="panel" aria-label="Controls">
      <NumberSlider
        label="Strength"
        unit="%"
        value={Math.round(settings.strength * 100)}
        least={0}
        most={100}
        step={1}
        reset={DEFAULTS.strength * 100}
        onDrag={(percent) => drag({ strength: percent / 100 })}
        onSettle={(percent) => set({ strength: percent / 100 })}
      />
      <label className="switch-row">
        Keep the photo’s colours
        <Switch.Root
          className="switch"
          checked={settings.colour === 'lightness'}
          onCheckedChange={(keep) => set({ colour: keep ? 'lightness' : 'style' })}
        >
          <Switch.Thumb className="switch-thumb" />
        </Switch.Root>
      </label>
      <NormPicker />
      <NumberSlider
        label="Style size"
        unit="px"
        value={settings.styleSize}
        least={64}
        most={1024}
        step={32}
        reset={DEFAULTS.styleSize}
        typedMost={2048}
        disabled={isPreset || settings.norm === 'in'}
        note={isPreset ? 'The painters come at one size.' : 'Larger: finer strokes. Smaller: broader.'}
        onSettle={(styleSize) => set({ styleSize })}
      />
      <NumberSlider
        label="Working size"
        unit="px"
        value={settings.workingSize}
        least={128}
        most={1536}
        step={32}
        reset={DEFAULTS.workingSize}
        typedMost={4096}
        note={made ? `The result will be ${made.width} × ${made.height} px.` : 'Short side of the result.'}
        onSettle={(workingSize) => set({ workingSize })}
      />
      <EngineNote />
    </aside>
  );
}
