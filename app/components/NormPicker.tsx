import { knownToCin } from '../store/pictures-slice';
import { DEFAULTS, GROUP_SIZES } from '../store/settings-slice';
import { CIN_NEEDS_A_PAINTER, NORMS } from './sentences';
import { NumberSlider } from './NumberSlider';
import { useApp, useAppStore } from './use-app';

/** Which statistics are matched, and how: one row to choose from, one sentence on the chosen one. */
export function NormPicker() {
  const store = useAppStore();
  const { norm, groupSize } = useApp((state) => state.settings);
  const canCin = useApp(({ style }) => knownToCin(style));
  return (
    <div className="norms">
      <h2 id="norm-title">Normalisation</h2>
      <div className="segments" role="radiogroup" aria-labelledby="norm-title">
        {NORMS.map(({ id, name, does }) => {
          const disabled = id === 'cin' && !canCin;
          const note = disabled ? CIN_NEEDS_A_PAINTER : does;
          return (
            <label key={id} className="segment norm" title={note} data-disabled={disabled}>
              <input
                type="radio"
                name="norm"
                className="radio"
                aria-label={name}
                aria-description={note}
                checked={norm === id}
                disabled={disabled}
                onChange={() => store.getState().set({ norm: id })}
              />
              {name}
            </label>
          );
        })}
      </div>
      {/* all of them in one place: the tallest keeps the panel still when another is chosen */}
      <div className="norm-notes" aria-hidden="true">
        {NORMS.map(({ id, does }) => (
          <p key={id} className="slider-note" data-shown={norm === id}>
            {does}
          </p>
        ))}
      </div>
      {norm === 'wct' && <GroupSize value={groupSize} />}
    </div>
  );
}

/** Powers of two on an even track: from AdaIN to full whitening. */
function GroupSize({ value }: { readonly value: number }) {
  const store = useAppStore();
  const { set, drag } = store.getState();
  const sizeAtStop = (stop: number): number => GROUP_SIZES[stop] ?? DEFAULTS.groupSize;
  return (
    <NumberSlider
      label="Group size"
      unit=""
      value={GROUP_SIZES.indexOf(value)}
      least={0}
      most={GROUP_SIZES.length - 1}
      step={1}
      reset={GROUP_SIZES.indexOf(DEFAULTS.groupSize)}
      values={GROUP_SIZES}
      note="1 is AdaIN; 128 whitens all channels together."
      onDrag={(stop) => drag({ groupSize: sizeAtStop(stop) })}
      onSettle={(stop) => set({ groupSize: sizeAtStop(stop) })}
    />
  );
}
