import { useRef, type ReactNode, type Ref } from 'react';
import type { Slot } from '../store/pictures-slice';
import { useAppStore } from './use-app';

interface FilePickerProps {
  readonly slot: Slot;
  readonly name: string;
  readonly camera?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** The hidden input behind every "choose a file" button. */
export function FilePicker({ slot, name, camera = false, inputRef }: FilePickerProps) {
  const store = useAppStore();
  return (
    <input
      ref={inputRef}
      type="file"
      hidden
      aria-label={name}
      accept="image/*"
      {...(camera ? { capture: 'environment' } : {})}
      onChange={({ currentTarget }) => {
        const [file] = currentTarget.files ?? [];
        if (file) void store.getState().open(slot, { name: file.name, blob: async () => file });
        currentTarget.value = ''; // the same file can be chosen again
      }}
    />
  );
}

/** A button that opens the file dialog. */
export function ChooseButton({
  slot,
  name,
  className = 'button',
  camera = false,
  children,
}: {
  readonly slot: Slot;
  readonly name: string;
  readonly className?: string;
  readonly camera?: boolean;
  readonly children: ReactNode;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={className} onClick={() => input.current?.click()}>
        {children}
      </button>
      <FilePicker slot={slot} name={name} camera={camera} inputRef={input} />
    </>
  );
}
