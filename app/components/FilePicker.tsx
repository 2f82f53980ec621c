import { useRef, type ReactNode, type Ref } from 'react';
import type { Slot } from '../store/picture';
import { useAppStore } from './use-app';

interface FilePickerProps {
  readonly slot: Slot;
  readonly name: string;
  readonly camera?: boolean;
  readonly multiple?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
  /** Takes them elsewhere than into the slot. */
  onFiles?(files: readonly File[]): void;
}

/** The hidden input behind every "choose a file" button. */
export function FilePicker({
  slot,
  name,
  camera = false,
  multiple = false,
  inputRef,
  onFiles,
}: FilePickerProps) {
  const store = useAppStore();
  const open = ([file]: readonly File[]): void => {
    if (file) void store.getState().open(slot, { name: file.name, blob: async () => file });
  };
  return (
    <input
      ref={inputRef}
      type="file"
      hidden
      multiple={multiple}
      aria-label={name}
      accept="image/*"
      {...(camera ? { capture: 'environment' } : {})}
      onChange={({ currentTarget }) => {
        (onFiles ?? open)([...(currentTarget.files ?? [])]);
        currentTarget.value = ''; // the same file can be chosen again
      }}
    />
  );
}

/** A button that opens the file dialog. */
export function ChooseButton({
  className = 'button',
  children,
  ...picker
}: Omit<FilePickerProps, 'inputRef'> & { readonly className?: string; readonly children: ReactNode }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={className} onClick={() => input.current?.click()}>
        {children}
      </button>
      <FilePicker {...picker} inputRef={input} />
    </>
  );
}
