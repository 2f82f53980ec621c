import { Ellipsis } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { batchCount } from './batch/batch-words';
import { BatchBadge } from './batch/BatchChip';
import { BatchDialog } from './batch/BatchDialog';
import { PlainDialog } from './PlainDialog';
import { ResultsDialog } from './ResultsDialog';
import { SetDialog } from './SetDialog';
import { keyName, listenForShortcuts, SHORTCUTS } from './shortcuts';
import { useOtherTheme } from './ThemeButton';
import { useApp, useAppStore } from './use-app';

type Shown = 'none' | 'shortcuts' | 'results' | 'forget';

/** What is needed now and then: many photos, files, sets of pictures, earlier results, help, and forgetting. */
export function MoreMenu({ onForget }: { readonly onForget: () => Promise<void> }) {
  const store = useAppStore();
  const [shown, setShown] = useState<Shown>('none');
  const canRedo = useApp((state) => state.canRedo);
  const count = useApp(({ batch }) => batchCount(batch));
  const [otherTheme, changeTheme] = useOtherTheme();
  const more = useRef<HTMLButtonElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const pictures = useRef<HTMLInputElement>(null);
  const close = (): void => setShown('none');
  useEffect(() => listenForShortcuts(store, setShown), [store]);
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger ref={more} className="icon-button" aria-label="More" title="More">
          <Ellipsis />
          <BatchBadge />
        </DropdownMenu.Trigger>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6} aria-label="More">
          {canRedo && (
            <Item narrow onSelect={() => store.getState().redo()}>
              Redo
            </Item>
          )}
          <Item onSelect={() => setShown('results')}>Earlier results</Item>
          <Item onSelect={() => store.getState().showBatch(true)}>
            {count === '' ? 'Restyle many photos…' : `Many photos, ${count}…`}
          </Item>
          <Item onSelect={() => pictures.current?.click()}>One style of many pictures…</Item>
          <Item onSelect={() => file.current?.click()}>Load a style or a record…</Item>
          <DropdownMenu.Separator className="menu-line" />
          <Item onSelect={() => setShown('shortcuts')}>Keyboard shortcuts</Item>
          <Item narrow onSelect={changeTheme}>
            {otherTheme === 'dark' ? 'Dark theme' : 'Light theme'}
          </Item>
          <Item onSelect={() => setShown('forget')}>Forget everything…</Item>
        </DropdownMenu.Content>
      </DropdownMenu.Root>
      <input
        ref={file}
        type="file"
        hidden
        accept=".json,application/json"
        aria-label="Style or record file"
        onChange={({ currentTarget }) => {
          const [chosen] = currentTarget.files ?? [];
          if (chosen) void store.getState().loadFile(chosen);
          currentTarget.value = '';
        }}
      />
      <input
        ref={pictures}
        type="file"
        hidden
        multiple
        accept="image/*"
        aria-label="Pictures of one style"
        onChange={({ currentTarget }) => {
          const chosen = [...(currentTarget.files ?? [])];
          if (chosen.length > 0) void store.getState().poolPictures(chosen);
          currentTarget.value = '';
        }}
      />
      <ResultsDialog open={shown === 'results'} home={more} onClose={close} />
      <SetDialog home={more} />
      <BatchDialog home={more} />
      <PlainDialog title="Keyboard shortcuts" open={shown === 'shortcuts'} home={more} onClose={close}>
        <dl className="shortcuts">
          {SHORTCUTS.map(({ keys, does }) => (
            <div key={does}>
              <dt>
                {keys.map((key) => (
                  <kbd key={key}>{keyName(key, navigator.platform)}</kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </PlainDialog>
      <PlainDialog title="Forget everything?" open={shown === 'forget'} home={more} onClose={close}>
        <p>
          The photo, your styles, the settings and the painted regions are kept in this browser so that they
          are here again next time. Forgetting removes all of them, and the earlier results, and begins anew.
        </p>
        <div className="tool-row">
          <button type="button" className="button primary" onClick={() => void onForget()}>
            Forget everything
          </button>
          <button type="button" className="button" onClick={close}>
            Keep it
          </button>
        </div>
      </PlainDialog>
    </>
  );
}

interface ItemProps {
  readonly children: string;
  readonly narrow?: boolean; // only where the top bar has no room for it
  onSelect(): void;
}

function Item({ children, narrow = false, onSelect }: ItemProps) {
  return (
    <DropdownMenu.Item className={narrow ? 'menu-item narrow-only' : 'menu-item'} onSelect={onSelect}>
      {children}
    </DropdownMenu.Item>
  );
}
