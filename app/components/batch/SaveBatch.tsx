import { useState } from 'react';
import { batchFiles, isSaved, savesNext, toMake, zipName } from '../../store/batch';
import { IMAGE_TYPES } from '../../store/save-slice';
import type { AppState } from '../../store/store';
import { download } from '../SaveMenu';
import { useApp, useAppStore } from '../use-app';

/** Everything that is finished, as one ZIP; a single picture as it is. */
export function SaveBatch() {
  const store = useAppStore();
  const made = useApp(({ batch }) => batch.photos.filter((photo) => photo.made).length);
  const next = useApp((state) => !state.batch.running && savesNext(state));
  const saved = useApp(({ batch }) => isSaved(batch));
  const otherType = useApp(typeNotWritten);
  const [packing, setPacking] = useState(false);
  const [failed, setFailed] = useState(false);
  if (made === 0) return null;

  async function save(): Promise<void> {
    const { batch, batchSaved } = store.getState();
    const files = batchFiles(batch);
    const [only, second] = files;
    setPacking(true);
    setFailed(false);
    try {
      if (only && !second) download(only);
      else {
        const { downloadZip } = await import('client-zip');
        const zip = await downloadZip(files).blob();
        download(new File([zip], zipName(batch)));
      }
      batchSaved(batch.photos.flatMap((photo) => (photo.made ? [photo.made.blob] : [])));
    } catch {
      setFailed(true); // memory ran out, or the page's server is gone
    } finally {
      setPacking(false);
    }
  }

  return (
    <>
      <button
        type="button"
        className={next ? 'button primary' : 'button'}
        aria-disabled={packing} // and keeps the focus
        onClick={() => !packing && void save()}
      >
        {made === 1 ? 'Save 1 picture' : `Save ${made} pictures as a ZIP`}
      </button>
      <span className={saved || packing || failed ? 'note' : 'visually-hidden'} role="status">
        {packing && 'Packing'}
        {failed && 'The ZIP could not be made. Save fewer pictures, or reload the page later.'}
        {saved && !packing && !failed && 'Saved'}
      </span>
      {otherType !== null && (
        <p className="note">This browser cannot write {otherType}; the pictures are PNG.</p>
      )}
    </>
  );
}

/** A format that was asked for and did not come. */
function typeNotWritten(state: AppState): string | null {
  const { photos, running, type } = state.batch;
  const open = toMake(state);
  const other = photos.some((photo) => photo.made && !open.includes(photo) && photo.made.blob.type !== type);
  return other && !running ? (IMAGE_TYPES.find((one) => one.type === type)?.label ?? null) : null;
}
