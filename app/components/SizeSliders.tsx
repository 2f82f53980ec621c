import { sizeAt } from '../../src/pipeline/size';
import { mixOf } from '../store/mix-slice';
import { DEFAULTS, ignoresStyle } from '../store/settings-slice';
import { NumberSlider } from './NumberSlider';
import { useApp, useAppStore } from './use-app';

/** How large the style is read, and how large the result is made. */
export function SizeSliders() {
  const store = useAppStore();
  const { styleSize, workingSize } = useApp((state) => state.settings);
  const photo = useApp((state) => state.photo);
  const isPreset = useApp((state) => state.style?.kind === 'preset');
  const hasPicture = useApp((state) => mixOf(state).some(({ style }) => style.kind === 'own'));
  const ignored = useApp(ignoresStyle);
  const { set } = store.getState();
  const made = photo && sizeAt(photo.size, workingSize);
  return (
    <>
      <NumberSlider
        label="Style size"
        unit="px"
        value={styleSize}
        least={64}
        most={1024}
        step={32}
        reset={DEFAULTS.styleSize}
        typedMost={2048}
        disabled={!hasPicture || ignored}
        note={
          hasPicture
            ? 'Larger: finer strokes. Smaller: broader.'
            : isPreset
              ? 'The painters come at one size.'
              : 'Statistics come at one size.'
        }
        onSettle={(size) => set({ styleSize: size })}
      />
      <NumberSlider
        label="Working size"
        unit="px"
        value={workingSize}
        least={128}
        most={1536}
        step={32}
        reset={DEFAULTS.workingSize}
        typedMost={4096}
        note={made ? `The result will be ${made.width} × ${made.height} px.` : 'Short side of the result.'}
        onSettle={(size) => set({ workingSize: size })}
      />
    </>
  );
}
