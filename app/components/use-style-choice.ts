import type { PictureId } from '../../src/pipeline/request';
import { useApp, useAppStore } from './use-app';

/** The chosen style as a toggle group's value, and what choosing another does. */
export function useStyleChoice(): readonly [chosen: string, choose: (value: string) => void] {
  const store = useAppStore();
  const chosen = useApp(({ style }) =>
    style === null ? '' : style.kind === 'preset' ? style.preset.id : String(style.picture),
  );
  return [
    chosen,
    (value) => {
      if (value === '') return; // the chosen one again
      const { recentStyles, chooseRecent, choosePreset } = store.getState();
      if (recentStyles.some(({ id }) => String(id) === value))
        chooseRecent(Number(value) as PictureId); // just compared
      else choosePreset(value);
    },
  ];
}
