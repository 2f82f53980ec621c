import type { AppState } from '../store/store';
import { failureWords } from './sentences';

/** Starts and ends are said, percentages are not: they would never stop talking. */
export function announcement({ engine, opening, notice, run, result }: AppState): string {
  if (engine.status === 'failed') return '';
  if (opening) return `Opening the ${opening}`;
  switch (run.status) {
    case 'idle':
    case 'previewing': // the slider says its value itself
      return '';
    case 'running':
      return engine.status === 'loading' ? 'Loading the networks' : 'Making the picture';
    case 'finished':
      if (!result) return '';
      return (
        `Picture finished, ${result.image.width} by ${result.image.height} pixels, ${seconds(run.tookMs)}` +
        (notice?.code === 'scaled' ? `, from a photo of ${notice.megapixels.toFixed(0)} megapixels` : '')
      );
    case 'cancelled':
      return 'Stopped. The last picture is kept.';
    case 'failed':
      return failureWords(run.failure).what;
    default:
      return run satisfies never;
  }
}

export function seconds(ms: number): string {
  return ms < 995 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
