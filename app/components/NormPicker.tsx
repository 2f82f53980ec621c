import { mixOf } from '../store/mix-slice';
import { DEFAULTS, GROUP_SIZES } from '../store/settings-slice';
import { knownToCin } from '../store/style';
import { CIN_NEEDS_A_PAINTER, NORMS } from './sentences';
import { NumberSlider } from './NumberSlider';
import { Segments } from './Segments';
import { useApp, useAppStore } from './use-app';

/** Which statistics are matched, and how. CIN takes only painters whom it knows, in a blend too. */
export function NormPicker() {
  const store = useAppStore();
  const { norm, groupSize } = useApp((state) => state.settings);
  const canCin = useApp(
    (state) => state.style !== null && mixOf(state).every(({ style }) => knownToCin(style)),
  );
  return (
    <div className="norms">
      <Segments
        title="Normalisation"
        group="norm"
        choices={NORMS.map(({ id, name, does }) =>
          id === 'cin' && !canCin
            ? { value: id, name, does: CIN_NEEDS_A_PAINTER, disabled: true }
            : { value: id, name, does },
        )}
        value={norm}
        onChange={(id) => store.getState().set({ norm: id })}
      />
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
      note="1 is AdaIN; 64 whitens all channels together."
      onDrag={(stop) => drag({ groupSize: sizeAtStop(stop) })}
      onSettle={(stop) => set({ groupSize: sizeAtStop(stop) })}
    />
  );
}
