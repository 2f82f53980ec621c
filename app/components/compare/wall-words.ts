import { paneTitle } from '../../../src/pipeline/captions';
import { isCurrent, paneProgress, wallProgress, type Pane } from '../../store/panes';
import { knownToCin } from '../../store/pictures-slice';
import { mixOf } from '../../store/mix-slice';
import { normOf } from '../../store/settings-slice';
import type { AppState } from '../../store/store';
import { styleName } from '../../store/style';
import { CIN_NEEDS_A_PAINTER, failureWords, STAGE_NAMES } from '../sentences';

export function titleOf({ settings }: Pane): string {
  return paneTitle(normOf(settings), settings.strength);
}

export const IN_IGNORES = 'Ignores the style';
const CIN_KNOWS_NOBODY = 'Was not trained on any painter yet.';

/** Why a pane shows no picture, or is not done with it; empty when it is. */
export function paneWords(pane: Pane, state: Pick<AppState, 'style' | 'others' | 'presets'>): string {
  const { run } = pane;
  switch (run.status) {
    case 'idle':
      if (pane.settings.norm !== 'cin' || mixOf(state).every(({ style }) => knownToCin(style))) return '';
      return state.presets.some((preset) => preset.knownToCin) ? CIN_NEEDS_A_PAINTER : CIN_KNOWS_NOBODY;
    case 'waiting':
      return pane.picture?.request === pane.request ? '' : 'Waiting';
    case 'painting':
      return `${STAGE_NAMES[run.stage]} ${Math.round((paneProgress(pane) ?? 0) * 100)} %`;
    case 'stopped':
      return pane.picture?.request === pane.request ? '' : 'Stopped';
    case 'failed': {
      const { what, next } = failureWords(run.failure);
      return `${what} ${next}`;
    }
    case 'measuring':
    case 'finished':
      return '';
    default:
      return run satisfies never;
  }
}

/** What the bar under the wall says. */
export function wallWords(state: AppState): string {
  const { panes, engine, photo, style, opening } = state;
  if (opening) return `Opening the ${opening}`;
  if (!photo) return 'Choose a photo.';
  if (!style) return 'Choose a style.';
  const working = panes.find(({ run }) => run.status === 'painting' || run.status === 'measuring');
  if (working && engine.status === 'loading') return 'Loading the networks';
  if (working) {
    const verb = working.run.status === 'measuring' ? 'Measuring' : 'Painting';
    return `${verb} ${panes.indexOf(working) + 1} of ${panes.length}: ${titleOf(working)}`;
  }
  const work = style.kind === 'preset' ? `${style.preset.artist}, ${style.preset.title}` : styleName(style);
  const blend = mixOf(state).map((one) => styleName(one.style));
  return `${photo.name} in the style of ${blend.length > 1 ? blend.join(' and ') : work}`;
}

/** Starts and ends, for screen readers. */
export function wallAnnouncement(state: AppState): string {
  const { panes } = state;
  if (wallProgress(panes).busy) return 'Comparing';
  if (panes.some(({ run }) => run.status === 'stopped')) return 'Stopped';
  const done = panes.filter(isCurrent).length;
  return done === 0 ? '' : `${done} of ${panes.length} panes finished`;
}
