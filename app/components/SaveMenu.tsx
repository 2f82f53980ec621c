import { ChevronDown, Copy } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import type { ImageType } from '../../src/pipeline/protocol';
import { fileName, IMAGE_TYPES } from '../store/save-slice';
import type { AppState } from '../store/store';
import { failureWords } from './sentences';
import { useApp, useAppStore } from './use-app';

/** Saves the result in one of three formats, or puts it on the clipboard. */
export function SaveMenu() {
  const store = useAppStore();
  const ready = useApp(canSave);
  const [said, setSaid] = useState('');

  async function save(type: ImageType, ending: string): Promise<void> {
    const { fileOf, photo, style } = store.getState();
    const saved = await fileOf(type);
    if (!saved) return;
    if (!saved.ok) return setSaid(failureWords(saved.failure).what);
    if (saved.blob.type !== type) return setSaid('This browser cannot write that format; choose another.');
    const name = style?.kind === 'preset' ? style.preset.artist : (style?.own.name ?? '');
    download(saved.blob, fileName(photo?.name ?? '', name, ending));
    setSaid(`Saved as ${ending.toUpperCase()}`);
  }

  async function copy(): Promise<void> {
    try {
      const blob = store
        .getState()
        .fileOf('image/png')
        .then((saved) => {
          if (!saved?.ok) throw new Error('nothing to copy');
          return saved.blob;
        });
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
      setSaid('Copied');
    } catch {
      setSaid('The browser did not allow copying; save the picture instead.');
    }
  }

  return (
    <div className="save">
      <span className="save-said" role="status">
        {said}
      </span>
      <button
        type="button"
        className="icon-button wide-only"
        aria-label="Copy the result"
        title="Copy the result"
        disabled={!ready}
        onClick={() => void copy()}
      >
        <Copy />
      </button>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="button primary" disabled={!ready}>
          Save <ChevronDown />
        </DropdownMenu.Trigger>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6} aria-label="Save">
          {IMAGE_TYPES.map(({ type, label, ending }) => (
            <DropdownMenu.Item key={type} className="menu-item" onSelect={() => void save(type, ending)}>
              {label}
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item className="menu-item" onSelect={() => void copy()}>
            Copy to the clipboard
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Root>
    </div>
  );
}

/** A finished picture of this photo; a draft would be saved too small. */
function canSave({ result, photo }: AppState): boolean {
  return result !== null && !result.draft && result.photo === photo?.id;
}

function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000); // browsers read it a little later
}
