import { afterEach, expect, it, vi } from 'vitest';
import {
  forgetRemembered,
  rememberedTheme,
  rememberedTimings,
  rememberTheme,
  rememberTimings,
} from './remembered';

afterEach(() => vi.unstubAllGlobals());

it('forgetting leaves what other pages of the same host keep', () => {
  const kept = new Map([['of-another-page', 'x']]);
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
    removeItem: (key: string) => kept.delete(key),
  });
  rememberTheme('dark');
  rememberTimings({ device: 'x', webgpuMs: 1, wasmMs: 2 });
  forgetRemembered();
  expect(rememberedTheme()).toBe('system');
  expect(rememberedTimings()).toBeUndefined();
  expect([...kept.keys()]).toEqual(['of-another-page']);
});
