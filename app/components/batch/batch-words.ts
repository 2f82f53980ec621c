import type { Batch, BatchPhoto } from '../../store/batch';
import { failureWords } from '../sentences';

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
      return current ? '' : 'As set before';
    default:
      return run satisfies never;
  }
}

/** The start and the end of a run, for screen readers. */
export function batchAnnouncement({ photos, running }: Batch): string {
  if (running) return 'Restyling the photos';
  const count = (status: string): number => photos.filter(({ run }) => run.status === status).length;
  const [finished, failed] = [count('finished'), count('failed')];
  if (finished + failed === 0) return '';
  return `${finished} of ${photos.length} photos restyled${failed > 0 ? `, ${failed} failed` : ''}`;
}
