import { useEffect, useRef } from 'react';
import { isSaved, isTried, MOST_PHOTOS, savesNext, toMake, unsavedOf } from '../../store/batch';
import { IMAGE_TYPES } from '../../store/save-slice';
import { PlainDialog, type PlainDialogProps } from '../PlainDialog';
import { Segments } from '../Segments';
import { setupWords } from '../setup-words';
import { useApp, useAppStore } from '../use-app';
import { batchAnnouncement } from './batch-words';
import { BatchPhotos } from './BatchPhotos';
import { BatchProgress } from './BatchProgress';
import { CarefulButton } from './CarefulButton';
import { SaveBatch } from './SaveBatch';

/** Many photos restyled as the page is set: what is chosen, how far it is, and what came of each. */
export function BatchDialog({ home }: Pick<PlainDialogProps, 'home'>) {
  const store = useAppStore();
  const open = useApp((state) => state.batchShown);
  const count = useApp(({ batch }) => batch.photos.length);
  const running = useApp(({ batch }) => batch.running);
  const said = useApp(({ batch }) => batchAnnouncement(batch));
  const atRisk = useApp(({ batch }) => batch.running || !isSaved(batch));
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!atRisk) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault(); // the browser asks before it leaves
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [atRisk]);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept="image/*"
        aria-label="Many photos"
        onChange={({ currentTarget }) => {
          const chosen = [...(currentTarget.files ?? [])];
          if (chosen.length > 0) void store.getState().addPhotos(chosen);
          currentTarget.value = ''; // the same files can be chosen again
        }}
      />
      <PlainDialog
        title="Restyle many photos"
        open={open}
        home={home}
        onClose={() => store.getState().showBatch(false)}
      >
        <p className="visually-hidden" role="status">
          {said}
        </p>
        {running ? <BatchProgress /> : <Setup />}
        {!running && count > 0 && <Choices />}
        <div className="tool-row batch-actions">
          <SaveBatch />
          {!running && <MakeButton />}
          <button
            type="button"
            className={count === 0 ? 'button primary' : 'button'}
            onClick={() => input.current?.click()}
          >
            {count === 0 ? 'Choose photos' : 'Add photos'}
          </button>
          {count === 0 && <p className="note wide-only">Or drop them anywhere.</p>}
          {count > 0 && !running && <ClearButton />}
        </div>
        <LeftOut />
        <BatchPhotos />
      </PlainDialog>
    </>
  );
}

/** How the photos will look, which is how the page is set. */
function Setup() {
  const words = useApp((state) => setupWords({ ...state, regions: [] }));
  const hasStyle = useApp((state) => state.style !== null);
  const painted = useApp(({ regions }) => regions.some(({ mask }) => mask));
  if (!hasStyle) return <p>Choose a style first: each photo is restyled as the page is set.</p>;
  return (
    <p>
      Each photo is restyled as the page is set now: {words}.
      {painted && ' What is painted belongs to one photo, and is left out.'}
    </p>
  );
}

function Choices() {
  const store = useAppStore();
  const { type, large } = useApp((state) => state.batch);
  const size = useApp(({ settings }) => settings.workingSize);
  const { setBatch } = store.getState();
  return (
    <div className="batch-choices">
      <div className="norms">
        <Segments
          title="Size"
          group="batch-size"
          value={large ? 'large' : 'working'}
          onChange={(value) => setBatch({ large: value === 'large' })}
          choices={[
            { value: 'working', name: 'Working size', does: `${size} px on the short side, as on the page.` },
            {
              value: 'large',
              name: 'Photo’s size',
              does: 'As large as each photo, with strokes as large as on the page.',
            },
          ]}
        />
      </div>
      <div className="norms">
        <Segments
          title="Format"
          group="batch-format"
          value={type}
          onChange={(value) => setBatch({ type: value })}
          choices={IMAGE_TYPES.map((one) => ({
            value: one.type,
            name: one.label,
            does: FORMAT_NOTES[one.ending] ?? '',
          }))}
        />
      </div>
    </div>
  );
}

const FORMAT_NOTES: Readonly<Record<string, string>> = {
  png: 'Exact, and keeps transparency.',
  jpg: 'Small, and opens everywhere; what is transparent becomes white.',
  webp: 'Smaller still, and keeps transparency.',
};

function MakeButton() {
  const store = useAppStore();
  const open = useApp((state) => toMake(state).length);
  const tried = useApp(isTried);
  const secondary = useApp(savesNext);
  const count = useApp(({ batch }) => batch.photos.length);
  const hasStyle = useApp((state) => state.style !== null);
  const lost = useApp((state) => unsavedOf(toMake(state)).length);
  if (open === 0) return null;
  const photos = open === 1 ? '1 photo' : `${open} photos`;
  return (
    <CarefulButton
      className={secondary ? 'button' : 'button primary'}
      disabled={!hasStyle}
      sure={lost > 0 && `Replace ${lost === 1 ? '1 picture' : `${lost} pictures`} without saving`}
      onClick={() => void store.getState().runBatch()}
    >
      {tried ? `Try ${photos} again` : `Restyle ${open < count ? `${open} of ${count} photos` : photos}`}
    </CarefulButton>
  );
}

function ClearButton() {
  const store = useAppStore();
  const saved = useApp(({ batch }) => isSaved(batch));
  return (
    <CarefulButton
      className="button"
      sure={!saved && 'Clear without saving'}
      onClick={() => store.getState().clearBatch()}
    >
      Clear the list
    </CarefulButton>
  );
}

function LeftOut() {
  const count = useApp(({ batch }) => batch.leftOut);
  if (count === 0) return null;
  return (
    <p role="alert">
      The list takes {MOST_PHOTOS} photos; {count} {count === 1 ? 'was' : 'were'} left out. Restyle and save
      these, then clear the list for the rest.
    </p>
  );
}
