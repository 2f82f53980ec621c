import { Command, CommanderError } from 'commander';
import { strength, type Norm, type Strength } from '../src/pipeline/request';
import { BadInput } from './bad-input';

export const BACKENDS = ['wasm', 'webgpu', 'cpu'] as const;
export type CliBackend = (typeof BACKENDS)[number];

/** The norm as it was asked for; how many channels WCT has is known when the networks are loaded. */
export type NormWish = Exclude<Norm, { id: 'wct' }> | { readonly id: 'wct'; readonly groupSize?: number };

/** One style of a blend; all weights sum to 1. */
export type StyleWish =
  | { readonly kind: 'file'; readonly path: string; readonly weight: number }
  | { readonly kind: 'preset'; readonly id: string; readonly weight: number };

/** What the command line says, checked as far as that goes without opening a file. */
export interface StylizeOptions {
  readonly content: string;
  readonly out: string;
  readonly styles: readonly StyleWish[];
  readonly norm: NormWish;
  readonly strength: Strength;
  readonly keepColour: boolean;
  /** Short side, px; 0: the picture's own. */
  readonly size: number;
  readonly styleSize: number;
  readonly mask?: string;
  readonly backend: CliBackend;
  readonly json: boolean;
}

export type Parsed =
  | { readonly kind: 'stylize'; readonly options: StylizeOptions }
  | { readonly kind: 'list-presets' }
  | { readonly kind: 'help'; readonly text: string };

const EXAMPLES = `
Examples:
  npm run --silent cli -- stylize --content photo.jpg --style painting.jpg --out out.png
  npm run --silent cli -- stylize --content photo.jpg --style a.jpg --style b.jpg --weights 0.7,0.3 --norm wct --out out.png
  npm run --silent cli -- stylize --content photos --style painting.jpg --out restyled --json

Exit codes: 0 all written; 1 something failed; 2 bad input, nothing written; 130 stopped by Ctrl-C.`;

/** As commander hands them over: every value is still text. */
interface Raw {
  readonly content?: string;
  readonly out?: string;
  readonly style?: readonly string[];
  readonly weights?: string;
  readonly norm: string;
  readonly groupSize?: string;
  readonly preset?: readonly string[];
  readonly strength: string;
  readonly keepColor?: true;
  readonly size: string;
  readonly styleSize: string;
  readonly mask?: string;
  readonly backend: string;
  readonly json?: true;
}

/**
 * Reads the arguments after `cli/main.ts`.
 * @throws BadInput
 */
export function parseOptions(args: readonly string[]): Parsed {
  let help = '';
  let parsed: Parsed | undefined;
  const program = new Command('cli').description('Statistyle on the command line.');
  program
    .command('stylize')
    .alias('stylise')
    .description('Gives photos the feature statistics of paintings.')
    .option('--content <path>', 'the photo, or a folder of photos')
    .option('--out <path>', 'the picture to write (png, jpg, webp, avif), or a folder')
    .option('--style <path>', 'a painting; repeat it to blend several', collect)
    .option('--weights <list>', 'shares of the styles, then of the presets: 0.7,0.3 (default: equal)')
    .option('--norm <norm>', 'in, cin, adain, wct or din', 'adain')
    .option('--group-size <g>', 'wct: channels a group, a divisor of all (default: all)')
    .option('--preset <name>', 'a painter who comes with Statistyle, in place of a --style', collect)
    .option('--strength <share>', '0 is the photo, 1 the full style', '1')
    .option('--keep-color', "keep the photo's colours, restyle only the lightness")
    .option('--size <px>', 'short side to work at, never scaled up; 0: its own size', '512')
    .option('--style-size <px>', 'the same for the styles', '512')
    .option('--mask <path>', 'a picture: stylise where it is white, keep the photo where it is black')
    .option('--backend <backend>', 'wasm, webgpu or cpu', 'wasm')
    .option('--json', 'print one line of JSON for each picture')
    .addHelpText('after', EXAMPLES)
    .allowExcessArguments()
    .action((raw: Raw, { args: rest }: Command) => {
      parsed = { kind: 'stylize', options: checked(raw, rest) };
    });
  program
    .command('presets')
    .description('Lists the painters who come with Statistyle: name, artist, title.')
    .action(() => {
      parsed = { kind: 'list-presets' };
    });
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeOut: (text) => (help += text), writeErr: () => undefined });
  }
  if (args.length === 0) throw new BadInput('Say what to do: "stylize"; --help lists everything.');
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (help !== '') return { kind: 'help', text: help };
    throw new BadInput(`${sentence(error.message)} Use --help for the list of options.`);
  }
  return parsed ?? { kind: 'help', text: program.helpInformation() };
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** "error: unknown option '--x'\n(Did you mean --y?)" to one sentence. */
function sentence(message: string): string {
  const text = message.replace(/^error: /, '').replaceAll('\n', ' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;
}

function checked(raw: Raw, rest: readonly string[]): StylizeOptions {
  if (rest.length > 0) {
    throw new BadInput(
      `"${rest[0]}" stands alone; give every style its own --style, and quote paths that contain spaces.`,
    );
  }
  if (!raw.content) throw new BadInput('Say which picture to restyle: --content photo.jpg.');
  if (!raw.out) throw new BadInput('Say where to write the result: --out out.png.');
  const norm = normOf(raw);
  return {
    content: raw.content,
    out: raw.out,
    styles: stylesOf(raw, norm),
    norm,
    strength: strengthOf(raw.strength),
    keepColour: raw.keepColor ?? false,
    size: sizeOf('--size', raw.size),
    styleSize: sizeOf('--style-size', raw.styleSize),
    ...(raw.mask !== undefined && { mask: raw.mask }),
    backend: backendOf(raw.backend),
    json: raw.json ?? false,
  };
}

function normOf({ norm, groupSize }: Raw): NormWish {
  if (groupSize !== undefined && norm !== 'wct') {
    throw new BadInput(`--group-size is for --norm wct; leave it out for ${norm}.`);
  }
  switch (norm) {
    case 'in':
    case 'cin':
    case 'adain':
    case 'din':
      return { id: norm };
    case 'wct':
      return groupSize === undefined ? { id: 'wct' } : { id: 'wct', groupSize: groupSizeOf(groupSize) };
    default:
      throw new BadInput(`There is no norm "${norm}"; choose in, cin, adain, wct or din.`);
  }
}

function groupSizeOf(text: string): number {
  const groupSize = numberOf(text);
  if (!Number.isInteger(groupSize) || groupSize < 1) {
    throw new BadInput(`--group-size is a whole number of channels from 1 up, not "${text}".`);
  }
  return groupSize;
}

function stylesOf({ style = [], preset = [], weights }: Raw, norm: NormWish): StyleWish[] {
  const count = style.length + preset.length;
  if (norm.id === 'in') {
    if (count === 0 && weights === undefined) return [];
    throw new BadInput(
      'Norm in takes no style: it gives every photo the statistics of the average one; leave out --style, --preset and --weights.',
    );
  }
  if (count === 0) {
    const what = norm.id === 'cin' ? 'a --preset' : 'a style: --style painting.jpg, or a --preset';
    throw new BadInput(`Norm ${norm.id} needs ${what}.`);
  }
  if (norm.id === 'cin' && style.length > 0) {
    throw new BadInput(
      'Norm cin knows only the painters it was trained on; give a --preset, and no --style.',
    );
  }
  const shares =
    weights === undefined ? Array.from({ length: count }, () => 1) : weights.split(',').map(numberOf);
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (shares.length !== count) {
    throw new BadInput(`--weights gives ${shares.length} shares for ${count} styles; give one each.`);
  }
  if (!shares.every((share) => share >= 0) || !(total > 0 && total < Infinity)) {
    throw new BadInput(
      `--weights are numbers from 0 up that are not all 0, such as 0.7,0.3; not "${weights}".`,
    );
  }
  const weight = (k: number): number => (shares[k] ?? 0) / total;
  return [
    ...style.map((path, k) => ({ kind: 'file' as const, path, weight: weight(k) })),
    ...preset.map((id, k) => ({ kind: 'preset' as const, id, weight: weight(style.length + k) })),
  ];
}

function strengthOf(text: string): Strength {
  const value = numberOf(text);
  if (!(value >= 0 && value <= 1)) {
    throw new BadInput(
      `--strength goes from 0 (the photo) to 1 (the full style), and "${text}" does not fit.`,
    );
  }
  return strength(value);
}

function sizeOf(option: string, text: string): number {
  const size = numberOf(text);
  if (!Number.isInteger(size) || size < 0) {
    throw new BadInput(
      `${option} is the short side in whole pixels, or 0 for the picture's own; not "${text}".`,
    );
  }
  return size;
}

function backendOf(text: string): CliBackend {
  const backend = BACKENDS.find((known) => known === text);
  if (!backend) throw new BadInput(`There is no backend "${text}"; choose wasm, webgpu or cpu.`);
  return backend;
}

/** NaN for anything that is not a number written out, the empty text included. */
function numberOf(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
}
