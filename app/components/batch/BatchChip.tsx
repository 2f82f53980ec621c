import { Images } from 'lucide-react';
import { useApp, useAppStore } from '../use-app';
import { batchCount } from './batch-words';

/** While the list of many photos is not shown: how far it is, and the way back to it. */
export function BatchChip() {
  const store = useAppStore();
  const count = useApp(({ batch }) => batchCount(batch));
  if (count === '') return null;
  return (
    <button
      type="button"
      className="button wide-only"
      aria-label={`Many photos: ${count}`}
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
