import type { BackendWish, Timings } from '../src/pipeline/choose-backend';
import type { Theme } from './store/view-slice';

const KEY = 'statistyle-timings/2';
const THEME = 'statistyle-theme';

/** `?backend=webgpu` or `wasm` forces one. */
export function wishFromAddress(): BackendWish {
  const wish = new URLSearchParams(location.search).get('backend');
  return wish === 'webgpu' || wish === 'wasm' ? wish : 'auto';
}

/** How fast each backend was on this device, when that was measured. */
export function rememberedTimings(): Timings | undefined {
  const text = read(KEY);
  try {
    return text === null ? undefined : (JSON.parse(text) as Timings); // its device name is compared before use
  } catch {
    return undefined; // damaged: it is measured again
  }
}

export function rememberTimings(timings: Timings | undefined): void {
  if (timings) write(KEY, JSON.stringify(timings));
}

export function rememberedTheme(): Theme {
  const theme = read(THEME);
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

export function rememberTheme(theme: Theme): void {
  write(THEME, theme);
}

/** Forgets both; what other pages of this host keep stays. */
export function forgetRemembered(): void {
  try {
    for (const key of [KEY, THEME]) localStorage.removeItem(key);
  } catch {
    // storage is forbidden: nothing was remembered
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is forbidden here: nothing is remembered
  }
}

function write(key: string, text: string): void {
  try {
    localStorage.setItem(key, text);
  } catch {
    // storage is forbidden or full: nothing is remembered
  }
}
