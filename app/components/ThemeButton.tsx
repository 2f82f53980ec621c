import { Moon, Sun } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useApp, useAppStore } from './use-app';

const system = window.matchMedia('(prefers-color-scheme: dark)');

/** The theme that is not shown, and how to change to it. One that is the system's own follows the system again. */
export function useOtherTheme(): readonly ['light' | 'dark', () => void] {
  const store = useAppStore();
  const theme = useApp((state) => state.theme);
  const systemTheme = useSyncExternalStore(watchSystem, () => (system.matches ? 'dark' : 'light'));
  const other = (theme === 'system' ? systemTheme : theme) === 'dark' ? 'light' : 'dark';
  return [other, () => store.getState().setTheme(other === systemTheme ? 'system' : other)];
}

export function ThemeButton() {
  const [other, change] = useOtherTheme();
  const name = `Change to the ${other} theme`;
  return (
    <button type="button" className="icon-button wide-only" aria-label={name} title={name} onClick={change}>
      {other === 'light' ? <Sun /> : <Moon />}
    </button>
  );
}

function watchSystem(changed: () => void): () => void {
  system.addEventListener('change', changed);
  return () => system.removeEventListener('change', changed);
}
