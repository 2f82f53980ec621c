import { RadioGroup } from 'radix-ui';
import { DEFAULTS, GROUP_SIZES } from '../store/settings-slice';
import { NORMS } from './sentences';
import { NumberSlider } from './NumberSlider';
import { useApp, useAppStore } from './use-app';

/** Which statistics are matched, and how. */
export function NormPicker() {
  const store = useAppStore();
  const { norm, groupSize } = useApp((state) => state.settings);
  const { set } = store.getState();
  return (
    <div className="norms">
      <h2 id="norm-title">Normalisation</h2>
      <RadioGroup.Root
        className="norm-list"
        aria-labelledby="norm-title"
        value={norm}
        onValueChange={(value) => {
          const chosen = NORMS.find(({ id }) => id === value);
          if (chosen) set({ norm: chosen.id });
        }}
      >
        {NORMS.map(({ id, name, does }) => (
          <label key={id} className="norm">
            <RadioGroup.Item value={id} className="radio" aria-label={name} aria-describedby={`does-${id}`}>
              <RadioGroup.Indicator className="radio-dot" />
            </RadioGroup.Item>
            <span className="norm-name">{name}</span>
            <span className="norm-does" id={`does-${id}`}>
              {does}
            </span>
          </label>
        ))}
      </RadioGroup.Root>
      {norm === 'wct' && <GroupSize value={groupSize} />}
    </div>
  );
}

/** Powers of two on an even track: from AdaIN to full whitening. */
function GroupSize({ value }: { readonly value: number }) {
  const store = useAppStore();
  const { set, drag } = store.getState();
  const sizeAtStop = (stop: number): number => GROUP_SIZES[stop] ?? DEFAULTS.groupSize;
  const stop = GROUP_SIZES.indexOf(value);
  return (
    <NumberSlider
      label="Group size"
      unit=""
      value={stop}
      least={0}
      most={GROUP_SIZES.length - 1}
      step={1}
      reset={GROUP_SIZES.indexOf(DEFAULTS.groupSize)}
      values={GROUP_SIZES}
      note="1 is AdaIN; 128 whitens all channels together."
      onDrag={(next) => drag({ groupSize: sizeAtStop(next) })}
      onSettle={(next) => set({ groupSize: sizeAtStop(next) })}
    />
  );
}
