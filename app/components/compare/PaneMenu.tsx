import { ChartScatter, ChevronRight, Copy, Ellipsis, Trash2, ZoomIn } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { PANES, type Pane } from '../../store/panes';
import { useApp, useAppStore } from '../use-app';
import { titleOf } from './wall-words';

interface PaneMenuProps {
  readonly pane: Pane;
  readonly shown: readonly Pane[]; // all panes as they are shown
  onMenu(): void; // it opens
  onInspect(): void;
}

/** What can be done with a pane. */
export function PaneMenu({ pane, shown, onMenu, onInspect }: PaneMenuProps) {
  const store = useAppStore();
  const canRemove = useApp(({ panes }) => panes.length > PANES.least);
  const painted = pane.picture !== null;
  const { makeMain, copySettings, removePane } = store.getState();
  return (
    <DropdownMenu.Root modal={false} onOpenChange={(open) => open && onMenu()}>
      <DropdownMenu.Trigger
        className="icon-button pane-menu"
        aria-label={`More for ${titleOf(pane)}`}
        title="More"
      >
        <Ellipsis />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4} aria-label="Pane">
          <DropdownMenu.Item
            className="menu-item"
            disabled={!painted}
            onSelect={() => void makeMain(pane.id)}
          >
            <ZoomIn /> Use as main picture
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" disabled={!painted} onSelect={onInspect}>
            <ChartScatter /> See what this norm does
          </DropdownMenu.Item>
          <DropdownMenu.Sub>
            <DropdownMenu.SubTrigger className="menu-item">
              <Copy /> Copy settings to <ChevronRight className="menu-more" />
            </DropdownMenu.SubTrigger>
            <DropdownMenu.Portal>
              <DropdownMenu.SubContent className="menu" aria-label="Copy settings to" collisionPadding={8}>
                {shown.map((other, index) =>
                  other.id === pane.id ? null : (
                    <DropdownMenu.Item
                      key={other.id}
                      className="menu-item"
                      onSelect={() => copySettings(pane.id, other.id)}
                    >
                      {`Pane ${index + 1}: ${titleOf(other)}`}
                    </DropdownMenu.Item>
                  ),
                )}
              </DropdownMenu.SubContent>
            </DropdownMenu.Portal>
          </DropdownMenu.Sub>
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item className="menu-item" disabled={!canRemove} onSelect={() => removePane(pane.id)}>
            <Trash2 /> Remove this pane
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
