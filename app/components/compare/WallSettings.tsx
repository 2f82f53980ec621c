import { Settings2 } from 'lucide-react';
import { Popover, Switch } from 'radix-ui';
import { EngineNote } from '../EngineNote';
import { SizeSliders } from '../SizeSliders';
import { useApp, useAppStore } from '../use-app';
import { focusCard } from './focus-card';

/** What is the same for all panes. */
export function WallSettings() {
  const store = useAppStore();
  const keepColour = useApp((state) => state.settings.keepColour);
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
          <label className="switch-row">
            Keep the photo’s colours
            <Switch.Root
              className="switch"
              checked={keepColour}
              onCheckedChange={(on) => store.getState().set({ keepColour: on })}
            >
              <Switch.Thumb className="switch-thumb" />
            </Switch.Root>
          </label>
          <SizeSliders />
          <EngineNote />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
