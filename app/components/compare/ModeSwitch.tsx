import { LayoutGrid, Square } from 'lucide-react';
import { useApp, useAppStore } from '../use-app';

const VIEWS = [
  { comparing: false, label: 'Single', says: 'One picture', Icon: Square },
  { comparing: true, label: 'Compare', says: 'The norms side by side', Icon: LayoutGrid },
] as const;

/** One picture, or the norms side by side. */
export function ModeSwitch() {
  const store = useAppStore();
  const now = useApp((state) => state.comparing);
  return (
    <div className="segments mode-switch" role="radiogroup" aria-label="Mode">
      {VIEWS.map(({ comparing, label, says, Icon }) => (
        <label key={label} className="segment norm" title={says}>
          <input
            type="radio"
            name="mode"
            className="radio"
            aria-label={label}
            aria-description={says}
            checked={now === comparing}
            onChange={() => store.getState().compare(comparing)}
          />
          <Icon className="narrow-only" />
          <span className="wide-text">{label}</span>
        </label>
      ))}
    </div>
  );
}
