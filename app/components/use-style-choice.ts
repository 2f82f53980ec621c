import { styleValue } from '../store/style';
import { useApp, useAppStore } from './use-app';

/** The chosen style as a toggle group's value, and what choosing another does. */
export function useStyleChoice(): readonly [chosen: string, choose: (value: string) => void] {
  const store = useAppStore();
  const chosen = useApp(({ style }) => styleValue(style));
  return [chosen, (value) => value !== '' && store.getState().choose(value)]; // '': the chosen one again
}
