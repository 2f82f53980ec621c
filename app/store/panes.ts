import type { Failure } from '../../src/pipeline/failure';
import { numberOf, type NumberKey, type Numbers } from '../../src/pipeline/numbers';
import type { NormId, Request, Stage, StageTimes } from '../../src/pipeline/request';
import { progressOf } from './progress';
import type { Settings } from './settings-slice';

/** What a pane decides for itself; all else is the same for all of them. */
export type PaneSettings = Pick<Settings, 'norm' | 'groupSize' | 'strength'>;

export type PaneRun =
  | { readonly status: 'idle' } // nothing can be made: no photo, or CIN does not know the style
  | { readonly status: 'waiting' }
  | { readonly status: 'painting'; readonly stage: Stage | 'waiting'; readonly done: number } // 0..1 of the stage
  | { readonly status: 'measuring' }
  | { readonly status: 'finished' }
  | { readonly status: 'stopped' }
  | { readonly status: 'failed'; readonly failure: Failure };

/** A pane as it was placed. */
export interface PlacedPane {
  readonly id: number;
  readonly settings: PaneSettings;
}

/** A placed pane with what has been made of it. */
export interface Pane extends PlacedPane {
  /** What its run is about. A picture and numbers of another request are older ones, still shown. */
  readonly request: Request | null;
  readonly run: PaneRun;
  readonly picture: PanePicture | null;
  readonly measured: { readonly numbers: Numbers; readonly request: Request } | null;
}

export interface PanePicture {
  readonly image: ImageBitmap;
  readonly request: Request;
  readonly draft: boolean; // while a slider is dragged
  readonly times: StageTimes;
  readonly grain: number; // for a file as large as the photo
  readonly tookMs: number;
}

export const PANES = { least: 2, most: 6 } as const;

/** As they were placed, or by a number, the smallest first. */
export const ORDERS = [
  'placed',
  'style',
  'content',
  'identity',
  'ms',
  'parameters',
] as const satisfies readonly ('placed' | NumberKey)[];
export type Order = (typeof ORDERS)[number];

/** The norms a wall opens with; CIN when there is a painter it knows. */
export function firstNorms(canCin: boolean): readonly NormId[] {
  return ['adain', 'wct', 'din', ...(canCin ? (['cin'] as const) : []), 'in'];
}

/** The panes as they are shown. Those without a number come last; equal ones keep their places. */
export function inOrder(panes: readonly Pane[], order: Order): readonly Pane[] {
  if (order === 'placed') return panes;
  const number = ({ measured }: Pane): number => (measured ? numberOf(measured.numbers, order) : Infinity);
  return [...panes].sort((a, b) => (number(a) === number(b) ? 0 : number(a) - number(b)));
}

/** The numbers with the smallest of a kind, when there is more than one value to choose from. */
export function lowest(panes: readonly Pane[], key: NumberKey): Numbers | null {
  const all = panes.flatMap(({ measured }) => (measured ? [measured.numbers] : []));
  const [first, ...rest] = [...all].sort((a, b) => numberOf(a, key) - numberOf(b, key));
  return first && rest.some((one) => numberOf(one, key) > numberOf(first, key)) ? first : null;
}

/** Whether a pane is in work or waits for its turn. */
export function isOpen({ run }: Pane): boolean {
  return run.status === 'waiting' || run.status === 'painting' || run.status === 'measuring';
}

/** Whether picture and numbers are of what the pane asks for now. */
export function isCurrent({ request, picture, measured }: Pane): boolean {
  return request !== null && picture?.request === request && measured?.request === request;
}

/** A pane with what was made of its settings as they are; what was made of earlier ones is left out. */
export function withoutOlder(pane: Pane): Pane {
  const { request, picture, measured } = pane;
  return {
    ...pane,
    picture: picture?.request === request && !picture?.draft ? picture : null,
    measured: measured?.request === request ? measured : null,
  };
}

/** How far a pane's picture is, 0..1; null when it is not in work. */
export function paneProgress({ run }: Pane): number | null {
  return run.status === 'painting' ? progressOf(run) : null;
}

/** How far the wall is, 0..1: a picture counts for half of a pane, its numbers for the other half. */
export function wallProgress(panes: readonly Pane[]): { readonly done: number; readonly busy: boolean } {
  const wanted = panes.filter(({ request }) => request !== null);
  const share = (pane: Pane): number => {
    if (pane.run.status === 'painting') return (paneProgress(pane) ?? 0) / 2;
    if (pane.run.status === 'waiting') return pane.picture?.request === pane.request ? 0.5 : 0;
    return pane.run.status === 'measuring' ? 0.5 : 1;
  };
  const done = wanted.reduce((sum, pane) => sum + share(pane), 0) / Math.max(1, wanted.length);
  return { done, busy: wanted.some(isOpen) };
}
