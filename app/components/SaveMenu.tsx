import { ChevronDown, Copy } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useEffect, useRef } from 'react';
import type { ImageType } from '../../src/pipeline/protocol';
import { showsBarePhoto } from '../store/regions-slice';
import { fileName, IMAGE_TYPES, pictureName } from '../store/save-slice';
import type { AppState } from '../store/store';
import { styleName } from '../store/style';
import { copyLink } from './copy-link';
import { LargeItem, StopEnlarging } from './LargeFile';
import { failureWords } from './sentences';
import { useApp, useAppStore } from './use-app';
import { useSaid } from './use-said';

/** Why there is nothing to save while painting begins. */
const BARE = 'Nothing is painted yet: this is the photo';

/** Saves the result in one of three formats, shares it, or puts it on the clipboard. */
export function SaveMenu() {
  const store = useAppStore();
  const ready = useApp(canSave);
  const bare = useApp(showsBarePhoto);
  const why = bare ? { title: BARE, 'aria-description': BARE } : {};
  const enlarging = useApp((state) => state.enlarging);
  const trigger = useRef<HTMLButtonElement>(null);
  const stoodThere = useRef(false);
  useEffect(() => {
    if (stoodThere.current && enlarging === null && document.activeElement === document.body) {
      trigger.current?.focus(); // where Stop had it
    }
    stoodThere.current = enlarging !== null;
  }, [enlarging]);
  const [said, setSaid] = useSaid();

  /** The result as a named file, or null with the reason said. */
  async function fileAs(type: ImageType, ending: string, large = false) {
    const { fileOf } = store.getState();
    const name = pictureName(store.getState(), ending); // before another picture comes
    const saved = await fileOf(type, large);
    if (!saved) return null;
    if (!saved.ok) {
      const { failure } = saved;
      setSaid(failure.code === 'cancelled' ? '' : failureWords(failure).what);
      return null;
    }
    if (saved.blob.type !== type) {
      setSaid('This browser cannot write that format; choose another.');
      return null;
    }
    return { file: new File([saved.blob], name, { type }), size: saved.size };
  }

  async function save(type: ImageType, ending: string): Promise<void> {
    const saved = await fileAs(type, ending, store.getState().saveLarge);
    if (!saved) return;
    download(saved.file);
    const label = IMAGE_TYPES.find((one) => one.type === type)?.label ?? ending;
    setSaid(`Saved as ${label}, ${saved.size.width} × ${saved.size.height} px`);
  }

  async function share(): Promise<void> {
    const saved = await fileAs('image/jpeg', 'jpg');
    if (!saved) return;
    try {
      await navigator.share({ files: [saved.file] });
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'AbortError')) {
        setSaid('The browser did not allow sharing; save the picture instead.');
      } // else the person changed their mind
    }
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

  function saveText(text: string | null, name: string, what: string): void {
    if (text === null) return; // told where the picture's own failures are
    download(new File([text], name, { type: 'application/json' }));
    setSaid(`${what} saved`);
  }
  async function saveStyle(): Promise<void> {
    const name = fileName('', styleName(store.getState().style), 'style.json');
    saveText(await store.getState().styleFileNow(), name, 'Style');
  }
  async function saveRecord(): Promise<void> {
    const name = pictureName(store.getState(), 'record.json');
    saveText(await store.getState().recordNow(), name, 'Record');
  }

  const copyAddress = async (): Promise<void> => setSaid(await copyLink(store.getState()));

  return (
    <div className="save">
      <span className="save-said" role="status">
        {enlarging === null ? said : 'Enlarging'}
      </span>
      <button
        type="button"
        className="icon-button wide-only"
        aria-label="Copy the result"
        title="Copy the result"
        disabled={!ready}
        {...why}
        onClick={() => void copy()}
      >
        <Copy />
      </button>
      {enlarging === null ? (
        <DropdownMenu.Root modal={false}>
          <DropdownMenu.Trigger ref={trigger} className="button primary" disabled={!ready} {...why}>
            Save <ChevronDown />
          </DropdownMenu.Trigger>
          <DropdownMenu.Content className="menu" align="end" sideOffset={6} aria-label="Save">
            {IMAGE_TYPES.map(({ type, label, ending }) => (
              <DropdownMenu.Item key={type} className="menu-item" onSelect={() => void save(type, ending)}>
                {label}
              </DropdownMenu.Item>
            ))}
            <LargeItem />
            <DropdownMenu.Separator className="menu-line" />
            <DropdownMenu.Item className="menu-item" onSelect={() => void copy()}>
              Copy to the clipboard
            </DropdownMenu.Item>
            <DropdownMenu.Separator className="menu-line" />
            <DropdownMenu.Item className="menu-item" onSelect={() => void saveStyle()}>
              Style file
            </DropdownMenu.Item>
            <DropdownMenu.Item className="menu-item" onSelect={() => void saveRecord()}>
              Record of how it was made
            </DropdownMenu.Item>
            <DropdownMenu.Item className="menu-item" onSelect={() => void copyAddress()}>
              Copy a link to this set-up
            </DropdownMenu.Item>
            {canShare() && (
              <DropdownMenu.Item className="menu-item" onSelect={() => void share()}>
                Share
              </DropdownMenu.Item>
            )}
          </DropdownMenu.Content>
        </DropdownMenu.Root>
      ) : (
        <StopEnlarging done={enlarging} />
      )}
    </div>
  );
}

/** A finished picture of this photo, and on screen; a draft would be saved too small. */
function canSave(state: AppState): boolean {
  const { result, photo } = state;
  return result !== null && !result.draft && result.photo === photo?.id && !showsBarePhoto(state);
}

/** Phones share pictures; most desktops do not. */
function canShare(): boolean {
  const file = new File([''], 'picture.jpg', { type: 'image/jpeg' });
  return 'canShare' in navigator && navigator.canShare({ files: [file] });
}

export function download(file: File): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000); // browsers read it a little later
}
