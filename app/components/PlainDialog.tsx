import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useRef, type ReactNode, type RefObject } from 'react';

export interface PlainDialogProps {
  readonly title: string;
  readonly open: boolean;
  readonly home: RefObject<HTMLElement | null>; // has the focus afterwards, when what opened it is gone
  readonly children: ReactNode;
  onClose(): void;
}

/** A small dialog with a title and a way out. The focus goes back to what opened it; a menu's item is gone by then. */
export function PlainDialog({ title, open, home, onClose, children }: PlainDialogProps) {
  const opener = useRef<Element | null>(null);

  function goBack(): void {
    const { current: before } = opener;
    const there = before instanceof HTMLElement && before.isConnected && before !== document.body;
    (there ? before : home.current)?.focus();
  }

  return (
    <Dialog.Root open={open} onOpenChange={(wanted) => !wanted && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-veil" />
        <Dialog.Content
          className="dialog small"
          aria-describedby={undefined}
          onOpenAutoFocus={() => (opener.current = document.activeElement)}
          onCloseAutoFocus={(event) => {
            event.preventDefault(); // Radix would look for a trigger of its own
            goBack();
          }}
        >
          <header className="dialog-top">
            <Dialog.Title className="dialog-title">{title}</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label="Close">
              <X />
            </Dialog.Close>
          </header>
          <div className="dialog-body">{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
