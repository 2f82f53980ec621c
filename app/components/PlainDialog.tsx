import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';

interface PlainDialogProps {
  readonly title: string;
  readonly open: boolean;
  readonly children: ReactNode;
  onClose(): void;
}

/** A small dialog with a title and a way out. */
export function PlainDialog({ title, open, onClose, children }: PlainDialogProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(wanted) => !wanted && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-veil" />
        <Dialog.Content className="dialog small" aria-describedby={undefined}>
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
