import type { Command } from 'commander';
import { NORM_IDS, strength, type NormId, type Strength } from '../src/pipeline/request';
import { BadInput } from './bad-input';
import { groupSizeOf, strengthOf, type NormWish } from './option-values';
import {
  addShared,
  isUnknownToCin,
  sharedOptions,
  type SharedOptions,
  type SharedRaw,
} from './shared-options';

/** One picture of the wall. */
export interface PaneWish {
  readonly norm: NormWish;
  readonly strength: Strength;
}

/** `content` is one photo, `out` the wall. */
export interface CompareOptions extends SharedOptions {
  readonly json?: string; // the numbers
  readonly csv?: string;
  /** Left out: every norm that knows the styles. */
  readonly panes?: readonly PaneWish[];
}

interface Raw extends SharedRaw {
  readonly json?: string;
  readonly csv?: string;
  readonly norms?: string;
}

const MOST = 12;

/** Adds `compare` to the program. */
export function addCompare(program: Command, tell: (options: CompareOptions) => void): void {
  const own = program
    .command('compare')
    .description('Puts the norms side by side: one labelled picture, and the numbers of each.')
    .option('--content <path>', 'the photo')
    .option('--out <path>', 'the picture to write (png, jpg, webp, avif)')
    .option(
      '--norms <list>',
      'in, cin, adain, wct or din; wct:16 for groups of 16, adain@0.8 for 80 % of the strength; 12 at most (default: all that know the styles)',
    )
    .option('--json <path>', 'write the numbers as JSON')
    .option('--csv <path>', 'write the numbers as CSV');
  addShared(own).action((raw: Raw, { args }: Command) => tell(checked(raw, args)));
}

function checked(raw: Raw, rest: readonly string[]): CompareOptions {
  const shared = sharedOptions(raw, rest, { name: 'the wall', example: 'wall.png' });
  if (shared.styles.length === 0) {
    throw new BadInput('compare needs a style: --style painting.jpg, or a --preset.');
  }
  const panes = raw.norms === undefined ? undefined : panesOf(raw.norms);
  if (panes?.some(({ norm }) => isUnknownToCin(norm.id, raw))) {
    throw new BadInput(
      'Norm cin knows only the painters it was trained on; leave it out of --norms, or give a --preset and no --style.',
    );
  }
  return {
    ...shared,
    ...(raw.json !== undefined && { json: raw.json }),
    ...(raw.csv !== undefined && { csv: raw.csv }),
    ...(panes && { panes }),
  };
}

function panesOf(list: string): PaneWish[] {
  const panes = list.split(',').map((text) => paneOf(text.trim()));
  if (panes.length > MOST) throw new BadInput(`--norms takes at most ${MOST}, not ${panes.length}.`);
  return panes;
}

/** "wct:16@0.8" */
function paneOf(text: string): PaneWish {
  const [, id = '', group, share] = /^([^:@]*)(?::([^@]*))?(?:@(.*))?$/.exec(text) ?? [];
  if (!isNorm(id)) {
    throw new BadInput(`There is no norm "${id}" in --norms; choose from in, cin, adain, wct and din.`);
  }
  if (group !== undefined && id !== 'wct') {
    throw new BadInput(`Only wct has groups; write ${id} without ":${group}".`);
  }
  const groupSize = group === undefined ? undefined : groupSizeOf(group, 'The group size in --norms');
  return {
    norm: id === 'wct' ? { id, ...(groupSize !== undefined && { groupSize }) } : { id },
    strength: share === undefined ? strength(1) : strengthOf(share, 'The strength in --norms'),
  };
}

function isNorm(text: string): text is NormId {
  return NORM_IDS.some((id) => id === text);
}
