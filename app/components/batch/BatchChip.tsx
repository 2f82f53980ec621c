import { Images } from 'lucide-react';
import { useApp, useAppStore } from '../use-app';

/** While the list of many photos is not shown: how far it is, and the way back to it. */
export function BatchChip() {
  const store = useAppStore();
  const words = useApp(({ batch }) => {
    const made = batch.photos.filter(({ run }) => run.status === 'finished').length;
    return batch.photos.length === 0 ? '' : `${made} of ${batch.photos.length}`;
  });
  if (words === '') return null;
  return (
    <button
      type="button"
      className="button wide-only"
      aria-label={`Many photos: ${words} restyled`}
      title="Many photos"
      onClick={() => store.getState().showBatch(true)}
    >
      <Images /> {words}
    </button>
  );
}
