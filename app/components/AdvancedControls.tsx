import { ChevronRight } from 'lucide-react';
import { Switch } from 'radix-ui';
import type { NormId } from '../../src/pipeline/request';
import { knownToCin } from '../store/style';
import { mixOf } from '../store/mix-slice';
import { NumberSlider } from './NumberSlider';
import { NORMS } from './sentences';
import { useApp, useAppStore } from './use-app';

/** For the curious: two norms mixed, and a strength that means the same for every style. */
export function AdvancedControls() {
  const store = useAppStore();
  const settings = useApp((state) => state.settings);
  const change = useApp((state) => (state.run.status === 'finished' ? state.result?.change : undefined));
  const canCin = useApp(
    (state) => mixOf(state).every(({ style }) => knownToCin(style)) && state.regions.length === 0,
  );
  const { set, drag } = store.getState();
  const seconds = NORMS.filter(({ id }) => id !== settings.norm && (id !== 'cin' || canCin));
  const second = seconds.find(({ id }) => id === settings.secondNorm) ?? seconds[0];
  const share = settings.secondNorm === settings.norm ? 0 : settings.secondShare;
  const weigh = (percent: number, then: typeof set): void =>
    then({ secondShare: percent / 100, ...(second && { secondNorm: second.id }) });
  return (
    <details className="advanced">
      <summary>
        <ChevronRight /> Advanced
      </summary>
      <div className="advanced-body">
        <label className="engine-row">
          Mix with
          <select
            value={second?.id}
            onChange={({ currentTarget }) => set({ secondNorm: currentTarget.value as NormId })} // its own options
          >
            {seconds.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <NumberSlider
          label={`Share of ${second?.name ?? ''}`}
          unit="%"
          value={Math.round(share * 100)}
          least={0}
          most={100}
          step={1}
          reset={0}
          note="The weighted sum of what both norms compute."
          onDrag={(percent) => weigh(percent, drag)}
          onSettle={(percent) => weigh(percent, set)}
        />
        <label className="switch-row">
          Same change for every style
          <Switch.Root
            className="switch"
            checked={settings.evenStrength}
            onCheckedChange={(evenStrength) => set({ evenStrength })}
          >
            <Switch.Thumb className="switch-thumb" />
          </Switch.Root>
        </label>
        <p className="slider-note">
          Strength then counts how far the statistics move, not how much of the style.
          {change !== undefined && ` This picture: ${change.toFixed(2)} spreads of an average photo.`}
        </p>
      </div>
    </details>
  );
}
