import { Check, X } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { sizeOfLarge } from '../store/save-slice';
import { useApp, useAppStore } from './use-app';

/** A choice in the Save menu: files as large as the photo, when the result on screen is smaller. */
export function LargeItem() {
  const store = useAppStore();
  const size = useApp((state) => {
    const larger = sizeOfLarge(state);
    return larger && `${larger.width} × ${larger.height} px`;
  });
  const checked = useApp((state) => state.saveLarge);
  if (size === null) return null;
  return (
    <DropdownMenu.CheckboxItem
      className="menu-item"
      checked={checked}
      onCheckedChange={(wanted) => store.getState().setSaveLarge(wanted)}
      onSelect={(event) => event.preventDefault()} // the format is chosen next
    >
      <span className="menu-check" aria-hidden="true">
        <DropdownMenu.ItemIndicator>
          <Check />
        </DropdownMenu.ItemIndicator>
      </span>
      <span>
        As large as the photo
        <span className="menu-note">{size}, strokes as on screen</span>
      </span>
    </DropdownMenu.CheckboxItem>
  );
}

/** In the place of Save while a large file is made: how far it is, and the way out. */
export function StopEnlarging({ done }: { readonly done: number }) {
  const store = useAppStore();
  return (
    <button
      type="button"
      className="button primary stop-enlarging"
      aria-label="Stop enlarging"
      title="Stop enlarging"
      autoFocus
      onClick={() => store.getState().stopEnlarging()}
    >
      <X /> {Math.round(done * 100)} %
    </button>
  );
}
