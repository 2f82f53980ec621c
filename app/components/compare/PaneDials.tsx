import { SlidersHorizontal } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useRef } from 'react';
import type { Pane } from '../../store/panes';
import { GROUP_SIZES } from '../../store/settings-slice';
import { NumberSlider } from '../NumberSlider';
import { useAppStore } from '../use-app';
import { focusCard } from './focus-card';

/** A pane's own dials, in a row. */
export function PaneDials({ pane: { id, settings } }: { readonly pane: Pane }) {
  const store = useAppStore();
  const { setPane, dragPane } = store.getState();
  const sizeAt = (stop: number): number => GROUP_SIZES[stop] ?? 1;
  return (
    <div className="dials">
      {settings.norm === 'wct' && (
        <NumberSlider
          label="Group size"
          unit=""
          value={GROUP_SIZES.indexOf(settings.groupSize)}
          least={0}
          most={GROUP_SIZES.length - 1}
          step={1}
          reset={GROUP_SIZES.length - 1}
          values={GROUP_SIZES}
          onDrag={(stop) => dragPane(id, { groupSize: sizeAt(stop) })}
          onSettle={(stop) => setPane(id, { groupSize: sizeAt(stop) })}
        />
      )}
      <NumberSlider
        label="Strength"
        unit="%"
        value={Math.round(settings.strength * 100)}
        least={0}
        most={100}
        step={1}
        reset={100}
        onDrag={(percent) => dragPane(id, { strength: percent / 100 })}
        onSettle={(percent) => setPane(id, { strength: percent / 100 })}
      />
    </div>
  );
}

/** What the dials say, as far as it is not the usual; the pane's name says it to those who hear it. */
function valuesOf({ settings: { norm, groupSize, strength } }: Pane): string {
  const values = [
    norm === 'wct' ? String(groupSize) : '',
    strength < 1 ? `${Math.round(strength * 100)} %` : '',
  ];
  return values.filter(Boolean).join(', ');
}

/** The same dials where a pane is too narrow for them. They open under the picture that they change. */
export function DialsButton({ pane }: { readonly pane: Pane }) {
  const button = useRef<HTMLButtonElement>(null);
  const picture = useRef({
    getBoundingClientRect: () =>
      (
        button.current?.closest('.wall-pane')?.querySelector('.wall-picture') ?? document.body
      ).getBoundingClientRect(),
  });
  return (
    <Popover.Root>
      <Popover.Anchor virtualRef={picture} />
      <Popover.Trigger
        ref={button}
        className="icon-button dials-button"
        aria-label="Settings"
        title="Settings"
      >
        <span className="dials-values" aria-hidden="true">
          {valuesOf(pane)}
        </span>
        <SlidersHorizontal />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="note-card"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Settings"
          onOpenAutoFocus={focusCard}
        >
          <PaneDials pane={pane} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
