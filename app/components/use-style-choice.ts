import { styleValue } from '../store/style';
import { useApp, useAppStore } from './use-app';

/** The chosen style as a toggle group's value, and what choosing another does. While a region is painted, both are its. */
export function useStyleChoice(): readonly [chosen: string, choose: (value: string) => void] {
  const store = useAppStore();
  const chosen = useApp(({ style, regions, painting }) => {
    const region = regions.find(({ id }) => id === painting);
    if (!region) return styleValue(style);
    const [only, second] = region.styles;
    return only && !second ? styleValue(only.style) : '';
  });
  return [
    chosen,
    (value) => {
      if (value === '') return; // the chosen one again
      const { painting, regions, choose, styleRegion } = store.getState();
      if (painting !== null && regions.some(({ id }) => id === painting)) styleRegion(painting, value);
      else choose(value);
    },
  ];
}
