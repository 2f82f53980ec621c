import { takesStyles } from '../store/regions-slice';
import { styleValue } from '../store/style';
import { useApp, useAppStore } from './use-app';

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
