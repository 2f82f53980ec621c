import { Columns2, SquareSplitHorizontal, Square, type LucideIcon } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import type { ViewMode } from '../store/view-slice';
import { useApp, useAppStore } from './use-app';

const MODES: readonly {
  readonly mode: ViewMode;
  readonly label: string;
  readonly Icon: LucideIcon;
}[] = [
  { mode: 'split', label: 'Split', Icon: SquareSplitHorizontal },
  { mode: 'beside', label: 'Beside', Icon: Columns2 },
  { mode: 'result', label: 'Result', Icon: Square },
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
      {MODES.map(({ mode: one, label, Icon }) => (
        <ToggleGroup.Item key={one} value={one} className="segment" title={label}>
          <Icon className="narrow-only" />
          <span className="wide-text">{label}</span>
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
