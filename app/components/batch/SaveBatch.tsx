import { useState } from 'react';
import { batchFiles, isTried } from '../../store/batch';
import { fileName, IMAGE_TYPES } from '../../store/save-slice';
import { styleName } from '../../store/style';
import { download } from '../SaveMenu';
import { useApp, useAppStore } from '../use-app';

/** Everything that is finished, as one ZIP; a single picture as it is. */
export function SaveBatch() {
  const store = useAppStore();
  const made = useApp(({ batch }) => batch.photos.filter((photo) => photo.made).length);
  const tried = useApp((state) => !state.batch.running && isTried(state));
  const saved = useApp(({ batch }) => batch.saved);
  const otherType = useApp(({ batch }) => {
    const other = batch.photos.some((photo) => photo.made && photo.made.blob.type !== batch.type);
    return other && !batch.running ? labelOf(batch.type) : null;
  });
  const [packing, setPacking] = useState(false);
  if (made === 0) return null;

  async function save(): Promise<void> {
    const { batch, style, batchSaved } = store.getState();
    const files = batchFiles(batch);
    const [only, second] = files;
    setPacking(true);
    try {
      if (only && !second) download(only);
      else {
        const { downloadZip } = await import('client-zip');
        const zip = await downloadZip(files).blob();
        download(new File([zip], fileName(`${files.length} pictures`, styleName(style), 'zip')));
      }
      batchSaved();
    } finally {
      setPacking(false);
    }
  }

  return (
    <>
      <button
        type="button"
        className={tried ? 'button primary' : 'button'}
        disabled={packing}
        onClick={() => void save()}
      >
        {made === 1 ? 'Save 1 picture' : `Save ${made} pictures as a ZIP`}
      </button>
      <span className={saved ? 'note' : 'visually-hidden'} role="status">
        {saved && 'Saved'}
      </span>
      {tried && otherType !== null && (
        <p className="note">This browser cannot write {otherType}; the pictures are PNG.</p>
      )}
    </>
  );
}

const labelOf = (type: string): string => IMAGE_TYPES.find((one) => one.type === type)?.label ?? type;
