import { mixOf } from '../store/mix-slice';
import { takesStyles } from '../store/regions-slice';
import { percents } from '../store/shares';
import { styleValue } from '../store/style';
import { useApp, useAppStore } from './use-app';

const NONE: ReadonlyMap<string, number> = new Map();

/** The chosen style as a toggle group's value, and what choosing another does. Both are a region's, where one takes it. */
export function useStyleChoice(): readonly [chosen: string, choose: (value: string) => void] {
  const store = useAppStore();
  const chosen = useApp((state) => {
    const region = takesStyles(state);
    if (!region) return styleValue(state.style);
    const [only, second] = region.styles;
    return only && !second ? styleValue(only.style) : '';
  });
  return [
    chosen,
    (value) => {
      if (value !== '') store.getState().pickStyle(value); // '': the chosen one again
    },
  ];
}

/** Percent of each style of the blend that is shown, by its value in the toggle group; none while there is one style alone. */
export function useShares(): ReadonlyMap<string, number> {
  const style = useApp((state) => state.style);
  const others = useApp((state) => state.others);
  const region = useApp(takesStyles);
  const mix = region ? region.styles : mixOf({ style, others });
  if (mix.length < 2) return NONE;
  const shares = percents(mix.map(({ weight }) => weight));
  return new Map(mix.map((one, k) => [styleValue(one.style), shares[k] ?? 0]));
}
