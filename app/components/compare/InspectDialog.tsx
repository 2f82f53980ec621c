import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { lazy, Suspense, useEffect, useState } from 'react';
import { NORM_NAMES } from '../../../src/pipeline/captions';
import type { Failure } from '../../../src/pipeline/failure';
import type { Portrait } from '../../../src/pipeline/numbers';
import { normOf } from '../../store/settings-slice';
import { failureWords } from '../sentences';
import { useApp, useAppStore } from '../use-app';
import { focusCard } from './focus-card';
import { titleOf } from './wall-words';

/** The charting library comes with the first look, not with the page. */
const Portraits = lazy(() => import('./Portraits').then((module) => ({ default: module.Portraits })));

type Look =
  | { readonly status: 'reading' }
  | { readonly status: 'read'; readonly portrait: Portrait }
  | { readonly status: 'failed'; readonly failure: Failure };

interface InspectDialogProps {
  readonly id: number | null;
  onClose(): void;
  /** What has the focus afterwards: the menu's item that opened it is gone. */
  home(): HTMLElement | undefined;
}

/** What the norm of a pane does to the channels, in plots. Open while there is an id. */
export function InspectDialog({ id, onClose, home }: InspectDialogProps) {
  const store = useAppStore();
  const pane = useApp(({ panes }) => panes.find((one) => one.id === id));
  const [look, setLook] = useState<Look>({ status: 'reading' });
  useEffect(() => {
    if (id === null) return;
    const stop = new AbortController();
    setLook({ status: 'reading' });
    void store
      .getState()
      .inspectPane(id, () => undefined, stop.signal)
      .then((outcome) => {
        if (stop.signal.aborted) return;
        if (outcome.ok) setLook({ status: 'read', portrait: outcome.portrait });
        else setLook({ status: 'failed', failure: outcome.failure });
      });
    return () => stop.abort();
  }, [id, store]);

  const reading = <p className="dialog-nothing">Reading the statistics.</p>;
  return (
    <Dialog.Root open={pane !== undefined} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-veil" />
        <Dialog.Content
          className="dialog inspect"
          aria-describedby={undefined}
          onOpenAutoFocus={focusCard}
          onCloseAutoFocus={(event) => {
            event.preventDefault(); // Radix would look for a trigger of its own
            home()?.focus();
          }}
        >
          <header className="dialog-top">
            <Dialog.Title className="dialog-title">
              What {pane ? NORM_NAMES[pane.settings.norm] : ''} does
            </Dialog.Title>
            <Dialog.Close className="icon-button" aria-label="Close">
              <X />
            </Dialog.Close>
          </header>
          {look.status === 'read' && pane ? (
            <Suspense fallback={reading}>
              <Portraits portrait={look.portrait} norm={normOf(pane.settings)} title={titleOf(pane)} />
            </Suspense>
          ) : look.status === 'failed' ? (
            <p className="dialog-nothing" role="alert">
              {failureWords(look.failure).what} {failureWords(look.failure).next}
            </p>
          ) : (
            reading
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
