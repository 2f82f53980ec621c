import { ChevronDown, Images } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { SAMPLES } from '../samples';
import { useApp, useAppStore } from './use-app';

/** Samples, and what else can be done with the photo. */
export function PhotoMenu() {
  const store = useAppStore();
  const photo = useApp((state) => state.photo);
  const canSwap = useApp((state) => state.photo !== null && state.style?.kind === 'own');
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="button photo-button"
        aria-label={photo ? `Photo: ${photo.name}` : 'Samples'}
      >
        <Images className="narrow-only" />
        <span className="photo-name wide-text">{photo ? photo.name : 'Samples'}</span>
        <ChevronDown />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content className="menu" align="start" sideOffset={6} aria-label="Photo">
        <DropdownMenu.Label className="menu-label">Samples</DropdownMenu.Label>
        {SAMPLES.map((sample) => (
          <DropdownMenu.Item
            key={sample.id}
            className="menu-item"
            onSelect={() => void store.getState().open('photo', sample)}
          >
            <img src={sample.url} alt="" className="menu-thumb" />
            {sample.name}
          </DropdownMenu.Item>
        ))}
        <DropdownMenu.Separator className="menu-line" />
        <DropdownMenu.Item className="menu-item" disabled={!canSwap} onSelect={() => store.getState().swap()}>
          Swap photo and style
        </DropdownMenu.Item>
        <DropdownMenu.Item
          className="menu-item"
          disabled={!photo}
          onSelect={() => store.getState().clearPhoto()}
        >
          Clear the photo
        </DropdownMenu.Item>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
