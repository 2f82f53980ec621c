import { Images } from 'lucide-react';
import type { AppState } from '../../store/store';
import { useApp, useAppStore } from '../use-app';

/** How much of the list is there; nothing when there is none. */
export function batchCount({ batch }: AppState): string {
  const made = batch.photos.filter(({ run }) => run.status === 'finished').length;
  return batch.photos.length === 0 ? '' : `${made} of ${batch.photos.length}`;
}

/** While the list of many photos is not shown: how far it is, and the way back to it. */
export function BatchChip() {
  const store = useAppStore();
  const count = useApp(batchCount);
  if (count === '') return null;
  return (
    <button
      type="button"
      className="button wide-only"
      aria-label={`Many photos: ${count} restyled`}
      title="Many photos"
      onClick={() => store.getState().showBatch(true)}
    >
      <Images /> {count}
    </button>
  );
}

/** The same where there is no room for it: how many are still to come, on the way to it. */
export function BatchBadge() {
  const left = useApp(({ batch }) => batch.photos.filter(({ run }) => run.status !== 'finished').length);
  const running = useApp(({ batch }) => batch.running);
  return running ? <span className="badge narrow-only">{left}</span> : null;
}
