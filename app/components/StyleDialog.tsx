import { X } from 'lucide-react';
import { Dialog, ToggleGroup } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import type { PresetItem } from '../store/pictures-slice';
import { LoadedTile, OwnTile, PresetTile } from './StyleTiles';
import { useApp } from './use-app';

interface StyleDialogProps {
  readonly title: string;
  readonly trigger: ReactNode; // a button
  readonly chosen?: string; // what stands for the style that is chosen now
  onChoose(value: string): void;
}

/** Every style at once, with a way to find a painter by name. */
export function StyleDialog({ title, trigger, chosen = '', onChoose }: StyleDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>{trigger}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-veil" />
        <Dialog.Content
          className="dialog"
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            const dialog = event.currentTarget as HTMLElement; // Radix hands the content over
            const chosen = dialog.querySelector<HTMLElement>('[data-state=on]');
            if (!chosen && !matchMedia('(pointer: coarse)').matches) return;
            event.preventDefault(); // not the search field: on phones it brings up the keyboard
            (chosen ?? dialog).focus();
          }}
        >
          <Styles
            title={title}
            chosen={chosen}
            onChoose={(value) => {
              if (value !== '') onChoose(value); // '': the chosen one again
              setOpen(false);
            }}
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Styles({ title, chosen, onChoose }: Required<Omit<StyleDialogProps, 'trigger'>>) {
  const presets = useApp((state) => state.presets);
  const recent = useApp((state) => state.recentStyles);
  const loaded = useApp((state) => state.loadedStyles);
  const [wanted, setWanted] = useState('');
  const own = recent.filter(({ name }) => holds(name, wanted));
  const painters = presets.filter((preset) => holds(wordsOf(preset), wanted));
  const files = loaded.filter(({ data }) => holds(data.name, wanted));
  const found = own.length + painters.length + files.length;
  return (
    <>
      <header className="dialog-top">
        <Dialog.Title className="dialog-title">{title}</Dialog.Title>
        <input
          type="search"
          className="dialog-search"
          aria-label="Find a style"
          placeholder="Painter, title or year"
          value={wanted}
          onChange={({ currentTarget }) => setWanted(currentTarget.value)}
        />
        <Dialog.Close className="icon-button" aria-label="Close">
          <X />
        </Dialog.Close>
      </header>
      <p className="visually-hidden" role="status">
        {wanted === '' ? '' : `${found} ${found === 1 ? 'style' : 'styles'} found`}
      </p>
      {found === 0 && <p className="dialog-nothing">No style is called “{wanted}”.</p>}
      <ToggleGroup.Root
        className="all-styles"
        type="single"
        aria-label="All styles"
        loop={false}
        value={chosen}
        onValueChange={onChoose}
      >
        {files.map((style) => (
          <LoadedTile key={style.picture} style={style} />
        ))}
        {own.map((picture) => (
          <OwnTile key={picture.id} picture={picture} />
        ))}
        {painters.map((preset) => (
          <PresetTile key={preset.id} preset={preset} />
        ))}
      </ToggleGroup.Root>
    </>
  );
}

const wordsOf = ({ artist, title, year }: PresetItem): string => `${artist} ${title} ${year ?? ''}`;

/** "cezanne" finds Cézanne. */
function holds(words: string, wanted: string): boolean {
  const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain(words).includes(plain(wanted.trim()));
}
