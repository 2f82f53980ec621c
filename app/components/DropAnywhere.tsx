import { useEffect, useState, type DragEvent, type ReactNode } from 'react';
import { useDropzone } from 'react-dropzone';
import type { Slot } from '../store/picture';
import { useApp, useAppStore } from './use-app';

/** Takes pictures dropped anywhere or pasted; while one hovers, the page shows where it would go. */
export function DropAnywhere({ children }: { readonly children: ReactNode }) {
  const store = useAppStore();
  const hasPhoto = useApp((state) => state.photo !== null);
  const intoList = useApp((state) => state.batchShown);
  const [over, setOver] = useState<Slot>('photo');
  const { getRootProps, isDragActive } = useDropzone({
    noClick: true,
    noKeyboard: true,
    onDragOver: ({ target }) => setOver(slotAt(target instanceof Element ? target : null)),
    onDrop: (accepted, _rejected, event) => {
      const target = 'target' in event && event.target instanceof Element ? event.target : null;
      const slot = slotAt(target);
      const { loadFile, poolPictures, addPhotos, batchShown } = store.getState();
      const [first, second, third] = accepted;
      if (first?.name.endsWith('.json')) return void loadFile(first);
      if (batchShown || (third && slot === 'photo')) return void addPhotos(accepted);
      if (third) return void poolPictures(accepted);
      if (first) take(slot, first);
      if (second) take(slot === 'photo' ? 'style' : 'photo', second);
    },
  });
  const take = (slot: Slot, file: File): void =>
    void store.getState().open(slot, { name: file.name, blob: async () => file });

  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
      if (!file) return;
      if (store.getState().batchShown) return void store.getState().addPhotos([file]);
      if (document.querySelector('[role=dialog], [role=alertdialog]')) return; // it would change what is covered
      take(slotAt(document.activeElement), file);
    };
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  });

  /** A picture of another page may come as its address only; nothing is fetched, so nobody learns of it. */
  const refuseAddress = ({ dataTransfer: { files, types } }: DragEvent): void => {
    if (files.length > 0 || !types.includes('text/uri-list')) return;
    store.setState({ notice: { code: 'address' } });
  };

  return (
    <div {...getRootProps({ className: 'app', role: undefined, tabIndex: undefined, onDrop: refuseAddress })}>
      {children}
      {isDragActive && intoList && (
        <div className="drop one" aria-hidden="true">
          <p className="drop-half" data-over="true">
            Add to the list
          </p>
        </div>
      )}
      {isDragActive && !intoList && (
        <div className="drop" aria-hidden="true">
          <p className="drop-half" data-slot="photo" data-over={over === 'photo'}>
            {hasPhoto ? 'Replace the photo' : 'Use as the photo'}
          </p>
          <p className="drop-half" data-slot="style" data-over={over === 'style'}>
            Use as the style
          </p>
          <p className="drop-note">
            Two pictures: the first goes here, the second to the other side. Three or more:{' '}
            {over === 'photo' ? 'each is restyled.' : 'one style of all of them.'}
          </p>
        </div>
      )}
    </div>
  );
}

/** The style strip takes styles; everywhere else is for the photo. */
function slotAt(element: Element | null): Slot {
  return element?.closest('[data-slot]')?.getAttribute('data-slot') === 'style' ? 'style' : 'photo';
}
