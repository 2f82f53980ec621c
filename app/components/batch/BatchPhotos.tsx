import { X } from 'lucide-react';
import { memo } from 'react';
import { toMake, type BatchPhoto } from '../../store/batch';
import { Picture } from '../Picture';
import { useApp, useAppStore } from '../use-app';
import { photoWords } from './batch-words';

/** The list: each photo's picture once it is there, and what is to be said of it. */
export function BatchPhotos() {
  const photos = useApp(({ batch }) => batch.photos);
  const open = useApp((state) =>
    toMake(state)
      .map(({ id }) => id)
      .join(),
  );
  const outdated = new Set(open.split(',').map(Number));
  return (
    <ul className="results" aria-label="Photos">
      {photos.map((photo) => (
        <Item key={photo.id} photo={photo} current={!outdated.has(photo.id)} />
      ))}
    </ul>
  );
}

const Item = memo(({ photo, current }: { readonly photo: BatchPhoto; readonly current: boolean }) => {
  const store = useAppStore();
  const words = photoWords(photo, current);
  return (
    <li className="batch-photo" data-failed={photo.run.status === 'failed'}>
      {photo.made ? (
        <Picture image={photo.made.thumbnail} name={`Restyled: ${photo.file.name}`} />
      ) : photo.preview ? (
        <Picture image={photo.preview} name="" />
      ) : (
        <span className="batch-blank" aria-hidden="true" />
      )}
      {photo.run.status !== 'working' && (
        <button
          type="button"
          className="tile-remove"
          aria-label={`Take ${photo.file.name} out`}
          title="Take it out"
          onClick={() => store.getState().takeOut(photo.id)}
        >
          <X />
        </button>
      )}
      <span className="batch-name" title={photo.file.name}>
        {photo.file.name}
      </span>
      {words !== '' && <span className="note">{words}</span>}
    </li>
  );
});
Item.displayName = 'BatchPhotos.Item';
