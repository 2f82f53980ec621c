import { Plus, X } from 'lucide-react';
import { Dialog, ToggleGroup } from 'radix-ui';
import { useRef, useState, type ReactNode } from 'react';
import type { PresetItem } from '../store/picture';
import { ChooseButton } from './FilePicker';
import { LoadedTile, OwnTile, PresetTile } from './StyleTiles';
import { useApp, useAppStore } from './use-app';

interface StyleDialogProps {
  readonly title: string;
  readonly trigger: ReactNode; // a button
  readonly chosen?: string; // what stands for the style that is chosen now
  readonly taken?: readonly string[]; // of a blend that another style is added to
  onChoose(value: string): void;
}

const NONE: readonly string[] = [];

/** Every style at once, with a way to find a painter by name and to bring a picture of one's own. */
export function StyleDialog({ title, trigger, chosen = '', taken = NONE, onChoose }: StyleDialogProps) {
  const store = useAppStore();
  const [open, setOpen] = useState(false);
  const wish = useRef(0); // counts what was chosen here: a picture that opens late is passed over

  async function chooseOwn(files: readonly File[]): Promise<void> {
    const mine = ++wish.current;
    store.getState().dismiss(); // what is told of earlier files
    for (const file of files) {
      const value = await store.getState().offerOwn({ name: file.name, blob: async () => file });
      const newest = mine === wish.current || taken.length > 0; // a blend takes them all
      if (value !== null && newest) onChoose(value);
    }
  }

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
            taken={taken}
            onOwn={(files) => {
              setOpen(false);
              void chooseOwn(files);
            }}
            onChoose={(value) => {
              wish.current++;
              if (value !== '') onChoose(value); // '': the chosen one again
              setOpen(false);
            }}
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface StylesProps extends Required<Omit<StyleDialogProps, 'trigger'>> {
  onOwn(files: readonly File[]): void;
}

function Styles({ title, chosen, taken, onChoose, onOwn }: StylesProps) {
  const presets = useApp((state) => state.presets);
  const recent = useApp((state) => state.recentStyles);
  const loaded = useApp((state) => state.loadedStyles);
  const [wanted, setWanted] = useState('');
  const own = recent.filter(({ name }) => holds(name, wanted));
  const painters = presets.filter((preset) => holds(wordsOf(preset), wanted));
  const files = loaded.filter(({ data }) => holds(data.name, wanted));
  const found = [
    ...files.map(({ picture }) => String(picture)),
    ...own.map(({ id }) => String(id)),
    ...painters.map(({ id }) => id),
  ];

  function chooseFirst(): void {
    const first = found.find((value) => !taken.includes(value));
    if (wanted.trim() !== '' && first !== undefined) onChoose(first);
  }

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
          onKeyDown={({ key, nativeEvent }) => {
            if (key === 'Enter' && !nativeEvent.isComposing) chooseFirst();
          }}
        />
        <Dialog.Close className="icon-button" aria-label="Close">
          <X />
        </Dialog.Close>
      </header>
      <p className="visually-hidden" role="status">
        {wanted === '' ? '' : `${found.length} ${found.length === 1 ? 'style' : 'styles'} found`}
      </p>
      {found.length === 0 && <p className="dialog-nothing">No style is called “{wanted}”.</p>}
      <ToggleGroup.Root
        className="all-styles"
        type="single"
        aria-label="All styles"
        loop={false}
        value={chosen}
        onValueChange={onChoose}
      >
        <div className="tile">
          <ChooseButton
            slot="style"
            name="Style pictures"
            className="tile-button own-tile"
            multiple={taken.length > 0}
            onFiles={onOwn}
          >
            <span className="swatch">
              <Plus />
            </span>
            <span className="tile-name">Your own picture…</span>
          </ChooseButton>
        </div>
        {files.map((style) => (
          <LoadedTile key={style.picture} style={style} inBlend={taken.includes(String(style.picture))} />
        ))}
        {own.map((picture) => (
          <OwnTile key={picture.id} picture={picture} inBlend={taken.includes(String(picture.id))} />
        ))}
        {painters.map((preset) => (
          <PresetTile key={preset.id} preset={preset} inBlend={taken.includes(preset.id)} />
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
