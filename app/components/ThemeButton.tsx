import { Monitor, Moon, Sun } from 'lucide-react';
import type { Theme } from '../store/view-slice';
import { useApp, useAppStore } from './use-app';

const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };
const NAMES: Readonly<Record<Theme, string>> = { system: 'as the system', light: 'light', dark: 'dark' };

export function ThemeButton() {
  const store = useAppStore();
  const theme = useApp((state) => state.theme);
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={`Theme: ${NAMES[theme]}`}
      title={`Theme: ${NAMES[theme]}`}
      onClick={() => store.getState().setTheme(NEXT[theme])}
    >
      {theme === 'system' ? <Monitor /> : theme === 'light' ? <Sun /> : <Moon />}
    </button>
  );
}
