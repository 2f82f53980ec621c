import { expect, it } from 'vitest';
import { keyName, SHORTCUTS } from './shortcuts';

it('the sheet names the key that a Mac has where others have Ctrl', () => {
  const undo = SHORTCUTS.find(({ does }) => does === 'Undo')?.keys ?? [];
  const on = (platform: string) => undo.map((key) => keyName(key, platform));
  expect(on('MacIntel')).toEqual(['⌘', 'Z']);
  expect(on('iPhone')).toEqual(['⌘', 'Z']);
  expect(on('Win32')).toEqual(['Ctrl', 'Z']);
  expect(on('Linux x86_64')).toEqual(['Ctrl', 'Z']);
});
