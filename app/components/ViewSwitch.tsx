import { ToggleGroup } from 'radix-ui';
import type { ViewMode } from '../store/view-slice';
import { useApp, useAppStore } from './use-app';

const MODES: readonly { readonly mode: ViewMode; readonly label: string }[] = [
  { mode: 'split', label: 'Split' },
  { mode: 'beside', label: 'Beside' },
  { mode: 'result', label: 'Result' },
];

/** Result over the photo, beside it, or alone. */
export function ViewSwitch() {
  const store = useAppStore();
  const mode = useApp((state) => state.mode);
  return (
    <ToggleGroup.Root
      className="segments"
      type="single"
      aria-label="View"
      value={mode}
      onValueChange={(value) => {
        const chosen = MODES.find((one) => one.mode === value);
        if (chosen) store.getState().setMode(chosen.mode);
      }}
    >
      {MODES.map((one) => (
        <ToggleGroup.Item key={one.mode} value={one.mode} className="segment">
          {one.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
