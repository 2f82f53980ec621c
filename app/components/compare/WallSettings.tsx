import { Settings2 } from 'lucide-react';
import { Popover } from 'radix-ui';
import { ColourPicker } from '../ColourPicker';
import { EngineNote } from '../EngineNote';
import { SizeSliders } from '../SizeSliders';
import { focusCard } from './focus-card';

/** What is the same for all panes. */
export function WallSettings() {
  return (
    <Popover.Root>
      <Popover.Trigger className="button" aria-label="Settings of all panes" title="Settings of all panes">
        <Settings2 /> <span className="wide-only">All panes</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="note-card wall-settings"
          side="top"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Settings of all panes"
          onOpenAutoFocus={focusCard}
        >
          <ColourPicker />
          <SizeSliders />
          <EngineNote />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
