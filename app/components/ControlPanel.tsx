import { DEFAULTS } from '../store/settings-slice';
import { AdvancedControls } from './AdvancedControls';
import { BlendPanel } from './BlendPanel';
import { ColourPicker } from './ColourPicker';
import { EngineNote } from './EngineNote';
import { NormPicker } from './NormPicker';
import { NumberSlider } from './NumberSlider';
import { PaintPanel } from './PaintPanel';
import { SizeSliders } from './SizeSliders';
import { useApp, useAppStore } from './use-app';
import { usePaintingInSight } from './use-painting-in-sight';

/** Everything that shapes the result. Each control changes one setting. */
export function ControlPanel() {
  const store = useAppStore();
  const settings = useApp((state) => state.settings);
  const { set, drag } = store.getState();
  const painting = useApp((state) => state.painting);
  usePaintingInSight();
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
        label="Photo detail"
        unit="%"
        value={Math.round(settings.detail * 100)}
        least={0}
        most={100}
        step={1}
        reset={DEFAULTS.detail * 100}
        disabled={settings.colour === 'only'}
        note={
          settings.colour === 'only'
            ? 'With its colours alone changed, the photo keeps all of it.'
            : 'How much of the photo’s finest structure shows, no stronger than the style’s.'
        }
        onDrag={(percent) => drag({ detail: percent / 100 })}
        onSettle={(percent) => set({ detail: percent / 100 })}
      />
      <SizeSliders />
      <AdvancedControls />
      <EngineNote />
    </aside>
  );
}
