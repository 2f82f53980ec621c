import { useEffect } from 'react';
import { useApp } from './use-app';

/** Puts the chosen theme on the document; the style sheets do the rest. */
export function useTheme(): void {
  const theme = useApp((state) => state.theme);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
}
