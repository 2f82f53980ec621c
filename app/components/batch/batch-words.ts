import type { Batch, BatchPhoto, BatchPicture, BatchRun } from '../../store/batch';
import { IMAGE_TYPES } from '../../store/save-slice';
import { failureWords } from '../sentences';
import { setupWords } from '../setup-words';

/** Roughly, once two photos say how long one takes. */
export function timeLeft({ photos, eachMs }: Batch, givesWay: boolean): string {
  if (givesWay) return 'waits for the picture on the page';
  const waiting = photos.filter(({ run }) => run.status === 'waiting' || run.status === 'working').length;
  if (eachMs === null || waiting === 0) return '';
  const seconds = (eachMs * waiting) / 1000;
  if (seconds < 10) return 'a few seconds left';
  if (seconds < 90) return `about ${Math.ceil(seconds / 10) * 10} s left`;
  return `about ${Math.round(seconds / 60)} min left`;
}

/** What is to be said of a photo of the list; nothing of one that is there. */
export function photoWords({ run, made }: BatchPhoto, current: boolean): string {
  switch (run.status) {
    case 'working':
      return `${Math.round(run.done * 100)} %`;
    case 'failed': {
      const { what, next } = failureWords(run.failure);
      return `${what} ${next}${made ? ' The earlier picture is kept.' : ''}`;
    }
    case 'waiting':
    case 'finished':
      if (!made) return 'Waits';
      return current ? '' : `Made with ${madeWords(made)}`;
    default:
      return run satisfies never;
  }
}

function madeWords({ setup, blob, large }: BatchPicture): string {
  const format = IMAGE_TYPES.find(({ type }) => type === blob.type)?.label ?? '';
  const words = setupWords({ ...setup, regions: [], unpainted: 'photo' });
  return [words, format, large ? 'as large as the photo' : ''].filter(Boolean).join(', ');
}

const count = (photos: Batch['photos'], status: BatchRun['status']): number =>
  photos.filter(({ run }) => run.status === status).length;

/** How much of the list is there; nothing when there is none. What failed is told when no more comes. */
export function batchCount({ photos, running }: Batch): string {
  const [finished, failed] = [count(photos, 'finished'), count(photos, 'failed')];
  if (photos.length === 0) return '';
  return failed > 0 && !running ? `${finished} done, ${failed} failed` : `${finished} of ${photos.length}`;
}

/** The start and the end of a run, for screen readers. */
export function batchAnnouncement({ photos, running }: Batch): string {
  if (running) return 'Restyling the photos';
  const [finished, failed] = [count(photos, 'finished'), count(photos, 'failed')];
  if (finished + failed === 0) return '';
  return `${finished} of ${photos.length} photos restyled${failed > 0 ? `, ${failed} failed` : ''}`;
}
