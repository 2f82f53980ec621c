import { tinykeys } from 'tinykeys';
import { mixOf } from '../store/mix-slice';
import type { AppStore } from '../store/store';

/** What the help sheet lists, with `$mod` as tinykeys has it: Ctrl, or Command on an Apple machine. */
export const SHORTCUTS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['$mod', 'Z'], does: 'Undo' },
  { keys: ['$mod', 'Shift', 'Z'], does: 'Redo' },
  { keys: ['S'], does: 'Stronger, by 10 %' },
  { keys: ['Shift', 'S'], does: 'Weaker, by 10 %' },
  { keys: ['V'], does: 'Next view: split, beside, result' },
  { keys: ['B'], does: 'Paint regions, and stop' },
  { keys: ['Esc'], does: 'While painting: stop' },
  { keys: ['H'], does: 'Earlier results' },
  { keys: ['?'], does: 'This sheet' },
  { keys: ['+', '−', '0', '1'], does: 'On the picture: zoom in, out, fit, full size' },
  { keys: ['Space'], does: 'On the picture, while painting: paint where the brush is' },
];

/** A key as it is printed on the keyboard. */
export function keyName(key: string, platform: string): string {
  if (key !== '$mod') return key;
  return /Mac|iPod|iPhone|iPad/.test(platform) ? '⌘' : 'Ctrl';
}

const VIEWS = ['split', 'beside', 'result'] as const;

/** Listens for the keys. Letters typed into a field are the field's. */
export function listenForShortcuts(
  store: AppStore,
  show: (what: 'shortcuts' | 'results') => void,
): () => void {
  const act =
    (work: () => void, inFields = false) =>
    (event: KeyboardEvent): void => {
      const { target } = event;
      const field =
        target instanceof HTMLElement && target.matches('input:not([type=radio]), textarea, select');
      const covered = target instanceof HTMLElement && target.closest('[role=dialog], [role=menu]') !== null;
      if (covered || (field && !inFields)) return;
      event.preventDefault();
      work();
    };
  const stronger = (by: number) => () => {
    const { settings, set, comparing } = store.getState();
    if (comparing) return; // each pane has a strength of its own
    set({ strength: Math.min(1, Math.max(0, Math.round((settings.strength + by) * 100) / 100)) });
  };
  return tinykeys(window, {
    '$mod+z': act(() => store.getState().undo(), true),
    '$mod+Shift+z': act(() => store.getState().redo(), true),
    '$mod+y': act(() => store.getState().redo(), true),
    s: act(stronger(0.1)),
    'Shift+S': act(stronger(-0.1)),
    v: act(() => {
      const { mode, setMode, comparing, wallMode, setWallMode } = store.getState();
      if (comparing) return setWallMode(wallMode === 'split' ? 'result' : 'split');
      setMode(VIEWS[(VIEWS.indexOf(mode) + 1) % VIEWS.length] ?? 'split');
    }),
    Escape: (event) => {
      const { painting, comparing } = store.getState();
      if (painting !== null && !comparing) act(() => store.getState().paint(false))(event);
    },
    b: act(() => {
      const state = store.getState();
      if (state.photo && !state.comparing && mixOf(state).length > 0) state.paint(state.painting === null);
    }),
    h: act(() => show('results')),
    'Shift+?': act(() => show('shortcuts')),
    '?': act(() => show('shortcuts')),
  });
}
