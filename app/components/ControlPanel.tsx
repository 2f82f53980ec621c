import { Switch } from 'radix-ui';
import { DEFAULTS } from '../store/settings-slice';
import { EngineNote } from './EngineNote';
import { NormPicker } from './NormPicker';
import { NumberSlider } from './NumberSlider';
import { SizeSliders } from './SizeSliders';
import { useApp, useAppStore } from './use-app';

/** Everything that shapes the result. Each control changes one setting. */
export function ControlPanel() {
  const store = useAppStore();
  const settings = useApp((state) => state.settings);
  const { set, drag } = store.getState();
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
          checked={settings.keepColour}
          onCheckedChange={(keepColour) => set({ keepColour })}
        >
          <Switch.Thumb className="switch-thumb" />
        </Switch.Root>
      </label>
      <NormPicker />
      <SizeSliders />
      <EngineNote />
    </aside>
  );
}
