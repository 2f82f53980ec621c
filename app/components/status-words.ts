import { showsBarePhoto } from '../store/regions-slice';
import type { AppState } from '../store/store';
import { seconds } from './announcement';
import { STAGE_NAMES } from './sentences';

/** What the bar under the picture says when nothing failed. */
export function statusWords(state: AppState): string {
  const { engine, run, opening, result, photo, style } = state;
  const loading = engine.status === 'loading' ? 'Loading the networks' : null;
  switch (run.status) {
    case 'running':
      return loading ?? STAGE_NAMES[run.stage];
    case 'previewing':
      if (!result) return loading ?? STAGE_NAMES.waiting;
      return result.draft
        ? `Preview at ${result.image.width} × ${result.image.height} px`
        : `${result.image.width} × ${result.image.height} px, ${seconds(result.tookMs)}`;
    case 'cancelled':
      return result ? 'Stopped. The last picture is kept.' : 'Stopped.';
    case 'finished':
      if (opening) return `Opening the ${opening}`;
      if (showsBarePhoto(state)) return 'Nothing is painted yet: this is the photo.';
      return result ? `${result.image.width} × ${result.image.height} px, ${seconds(run.tookMs)}` : '';
    case 'idle':
    case 'failed':
      if (opening) return `Opening the ${opening}`;
      if (photo && !style) return 'Choose a style.';
      return loading ?? 'Ready.';
    default:
      return run satisfies never;
  }
}

/** Where the time of a finished picture went; what was kept from before took none. */
export function stageWords(state: AppState): string {
  const { run, result, wayBack } = state;
  if (wayBack) return ''; // its room is taken
  if (run.status !== 'finished' || !result || showsBarePhoto(state)) return '';
  const { encoding, normalising, decoding } = result.times;
  const parts = [
    ['reading', encoding],
    ['matching', normalising],
    ['painting', decoding],
  ] as const;
  const told = parts.filter(([, ms]) => ms >= 1).map(([name, ms]) => `${name} ${seconds(ms)}`);
  return told.length > 1 ? `(${told.join(', ')})` : '';
}
