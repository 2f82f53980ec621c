import { Moon, Sun } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useApp, useAppStore } from './use-app';

const system = window.matchMedia('(prefers-color-scheme: dark)');

/** Changes to the other theme. One that is the system's own follows the system again. */
export function ThemeButton() {
  const store = useAppStore();
  const theme = useApp((state) => state.theme);
  const systemTheme = useSyncExternalStore(watchSystem, () => (system.matches ? 'dark' : 'light'));
  const other = (theme === 'system' ? systemTheme : theme) === 'dark' ? 'light' : 'dark';
  const name = `Change to the ${other} theme`;
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={name}
      title={name}
      onClick={() => store.getState().setTheme(other === systemTheme ? 'system' : other)}
    >
      {other === 'light' ? <Sun /> : <Moon />}
    </button>
  );
}

function watchSystem(changed: () => void): () => void {
  system.addEventListener('change', changed);
  return () => system.removeEventListener('change', changed);
}
