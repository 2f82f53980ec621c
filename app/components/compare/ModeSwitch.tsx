import { LayoutGrid, Square } from 'lucide-react';
import { useRef } from 'react';
import { useApp, useAppStore } from '../use-app';
import { useFocusAfter } from '../use-focus-after';

const VIEWS = [
  { comparing: false, label: 'Single', says: 'One picture', Icon: Square },
  { comparing: true, label: 'Compare', says: 'The norms side by side', Icon: LayoutGrid },
] as const;

/** One picture, or the norms side by side. */
export function ModeSwitch() {
  const store = useAppStore();
  const now = useApp((state) => state.comparing);
  const group = useRef<HTMLDivElement>(null);
  const checked = (): HTMLElement | null | undefined =>
    navigator.userActivation.hasBeenActive // else the last visit or a link brought the wall, and nothing was lost
      ? group.current?.querySelector<HTMLElement>(':checked')
      : null;
  useFocusAfter(now, checked); // what had it has gone with the other view
  return (
    <div ref={group} className="segments mode-switch" role="radiogroup" aria-label="Mode">
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
