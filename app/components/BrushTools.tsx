import { NumberSlider } from './NumberSlider';
import { useApp, useAppStore } from './use-app';

/** Paint or erase, how broad, how soft. First in the panel: on a phone little more is in sight beside the picture. */
export function BrushTools() {
  const store = useAppStore();
  const brush = useApp((state) => state.brush);
  const { setBrush } = store.getState();
  return (
    <>
      <div className="segments wide" role="radiogroup" aria-label="Brush">
        {[false, true].map((erases) => (
          <label key={String(erases)} className="segment norm">
            <input
              type="radio"
              name="brush"
              className="radio"
              aria-label={erases ? 'Erase' : 'Paint'}
              checked={brush.erases === erases}
              onChange={() => setBrush({ erases })}
            />
            {erases ? 'Erase' : 'Paint'}
          </label>
        ))}
      </div>
      <NumberSlider
        label="Brush size"
        unit="%"
        value={brush.size}
        least={1}
        most={60}
        step={1}
        reset={16}
        onDrag={(size) => setBrush({ size })}
        onSettle={(size) => setBrush({ size })}
      />
      <NumberSlider
        label="Softness"
        unit="%"
        value={Math.round(brush.softness * 100)}
        least={0}
        most={100}
        step={1}
        reset={50}
        onDrag={(percent) => setBrush({ softness: percent / 100 })}
        onSettle={(percent) => setBrush({ softness: percent / 100 })}
      />
    </>
  );
}
