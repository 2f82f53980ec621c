import type { Command } from 'commander';
import { strength, type NormId, type Strength } from '../src/pipeline/request';
import { BadInput } from './bad-input';
import {
  backendOf,
  collect,
  groupSizeOf,
  sizeOf,
  strengthOf,
  styleWishes,
  type CliBackend,
  type StyleWish,
} from './option-values';
import type { NormWish } from './options';

/** One picture of the wall. */
export interface PaneWish {
  readonly norm: NormWish;
  readonly strength: Strength;
}

export interface CompareOptions {
  readonly content: string;
  readonly out: string; // the wall
  readonly json?: string; // the numbers
  readonly csv?: string;
  readonly styles: readonly StyleWish[];
  /** Left out: every norm that knows the styles. */
  readonly panes?: readonly PaneWish[];
  readonly keepColour: boolean;
  readonly size: number;
  readonly styleSize: number;
  readonly backend: CliBackend;
}

interface Raw {
  readonly content?: string;
  readonly out?: string;
  readonly json?: string;
  readonly csv?: string;
  readonly style?: readonly string[];
  readonly preset?: readonly string[];
  readonly weights?: string;
  readonly norms?: string;
  readonly keepColor?: true;
  readonly size: string;
  readonly styleSize: string;
  readonly backend: string;
}

const MOST = 12;

/** Adds `compare` to the program. */
export function addCompare(program: Command, tell: (options: CompareOptions) => void): void {
  program
    .command('compare')
    .description('Puts the norms side by side: one labelled picture, and the numbers of each.')
    .option('--content <path>', 'the photo')
    .option('--style <path>', 'a painting; repeat it to blend several', collect)
    .option('--preset <name>', 'a painter who comes with Statistyle', collect)
    .option('--weights <list>', 'shares of the styles, then of the presets: 0.7,0.3 (default: equal)')
    .option(
      '--norms <list>',
      'in, cin, adain, wct or din; wct:16 for groups of 16, adain@0.8 for 80 % of the strength (default: all that know the styles)',
    )
    .option('--out <path>', 'the picture to write (png, jpg, webp, avif)')
    .option('--json <path>', 'write the numbers as JSON')
    .option('--csv <path>', 'write the numbers as CSV')
    .option('--keep-color', "keep the photo's colours, restyle only the lightness")
    .option('--size <px>', 'short side to work at, never scaled up; 0: its own size', '512')
    .option('--style-size <px>', 'the same for the styles', '512')
    .option('--backend <backend>', 'wasm, webgpu or cpu', 'wasm')
    .allowExcessArguments()
    .action((raw: Raw, { args }: Command) => tell(checked(raw, args)));
}

function checked(raw: Raw, rest: readonly string[]): CompareOptions {
  if (rest.length > 0) {
    throw new BadInput(
      `"${rest[0]}" stands alone; give every style its own --style, and quote paths that contain spaces.`,
    );
  }
  if (!raw.content) throw new BadInput('Say which picture to restyle: --content photo.jpg.');
  if (!raw.out) throw new BadInput('Say where to write the wall: --out wall.png.');
  const { style = [], preset = [] } = raw;
  if (style.length + preset.length === 0) {
    throw new BadInput('compare needs a style: --style painting.jpg, or a --preset.');
  }
  const panes = raw.norms === undefined ? undefined : panesOf(raw.norms);
  if (style.length > 0 && panes?.some(({ norm }) => norm.id === 'cin')) {
    throw new BadInput(
      'Norm cin knows only the painters it was trained on; leave it out of --norms, or give a --preset and no --style.',
    );
  }
  return {
    content: raw.content,
    out: raw.out,
    ...(raw.json !== undefined && { json: raw.json }),
    ...(raw.csv !== undefined && { csv: raw.csv }),
    styles: styleWishes(style, preset, raw.weights),
    ...(panes && { panes }),
    keepColour: raw.keepColor ?? false,
    size: sizeOf('--size', raw.size),
    styleSize: sizeOf('--style-size', raw.styleSize),
    backend: backendOf(raw.backend),
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
  return ['in', 'cin', 'adain', 'wct', 'din'].includes(text);
}
