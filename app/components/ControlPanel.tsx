import { DEFAULTS } from '../store/settings-slice';
import { mixOf } from '../store/mix-slice';
import { sizeAt } from '../../src/pipeline/size';
import { AdvancedControls } from './AdvancedControls';
import { BlendPanel } from './BlendPanel';
import { ColourPicker } from './ColourPicker';
import { EngineNote } from './EngineNote';
import { NormPicker } from './NormPicker';
import { NumberSlider } from './NumberSlider';
import { PaintPanel } from './PaintPanel';
import { useApp, useAppStore } from './use-app';

/** Everything that shapes the result. Each control changes one setting. */
export function ControlPanel() {
  const store = useAppStore();
  const settings = useApp((state) => state.settings);
  const photo = useApp((state) => state.photo);
  const { set, drag } = store.getState();
  const isPreset = useApp((state) => state.style?.kind === 'preset');
  const hasPicture = useApp((state) => mixOf(state).some(({ style }) => style.kind === 'own'));
  const painting = useApp((state) => state.painting);
  const made = photo && sizeAt(photo.size, settings.workingSize);
  if (painting !== null) return <PaintPanel painting={painting} />;
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
      <BlendPanel />
      <ColourPicker />
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
        disabled={!hasPicture || settings.norm === 'in'}
        note={
          hasPicture
            ? 'Larger: finer strokes. Smaller: broader.'
            : isPreset
              ? 'The painters come at one size.'
              : 'Statistics come at one size.'
        }
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
      <AdvancedControls />
      <EngineNote />
    </aside>
  );
}
