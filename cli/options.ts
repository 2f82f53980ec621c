import { Command, CommanderError } from 'commander';
import { NORM_IDS, type Strength } from '../src/pipeline/request';
import { BadInput } from './bad-input';
import { addCompare, type CompareOptions } from './compare-options';
import { groupSizeOf, strengthOf, type NormWish } from './option-values';
import {
  addShared,
  isUnknownToCin,
  sharedOptions,
  type SharedOptions,
  type SharedRaw,
} from './shared-options';

/** What the command line says, checked as far as that goes without opening a file. */
export interface StylizeOptions extends SharedOptions {
  readonly norm: NormWish;
  readonly strength: Strength;
  readonly mask?: string;
  /** Written as large as the photo, with strokes as large as at `size`. */
  readonly enlarge: boolean;
  readonly json: boolean;
}

export type Parsed =
  | { readonly kind: 'stylize'; readonly options: StylizeOptions }
  | { readonly kind: 'compare'; readonly options: CompareOptions }
  | { readonly kind: 'list-presets' }
  | { readonly kind: 'help'; readonly text: string };

const EXAMPLES = `
Examples:
  npm run --silent cli -- stylize --content photo.jpg --style painting.jpg --out out.png
  npm run --silent cli -- stylize --content photo.jpg --style a.jpg --style b.jpg --weights 0.7,0.3 --norm wct --out out.png
  npm run --silent cli -- stylize --content photos --style painting.jpg --out restyled --json
  npm run --silent cli -- compare --content photo.jpg --style painting.jpg --norms in,adain,wct:16,wct,din --out wall.png --json numbers.json

Exit codes: 0 all written; 1 something failed, or could not be written; 2 bad input, nothing written;
130 stopped by Ctrl-C.`;

interface Raw extends SharedRaw {
  readonly norm: string;
  readonly groupSize?: string;
  readonly strength: string;
  readonly mask?: string;
  readonly enlarge?: true;
  readonly json?: true;
}

/**
 * Reads the arguments after `cli/main.ts`.
 * @throws BadInput
 */
export function parseOptions(args: readonly string[]): Parsed {
  let help = '';
  let parsed: Parsed | undefined;
  const program = new Command('npm run --silent cli --')
    .description('Statistyle on the command line.')
    .addHelpText('afterAll', EXAMPLES);
  const own = program
    .command('stylize')
    .alias('stylise')
    .description('Gives photos the feature statistics of paintings.')
    .option('--content <path>', 'the photo, or a folder of photos')
    .option('--out <path>', 'the picture to write (png, jpg, webp, avif), or a folder')
    .option('--norm <norm>', 'in, cin, adain, wct or din', 'adain')
    .option('--group-size <g>', 'wct: channels a group, a divisor of all (default: all)')
    .option('--strength <share>', '0 is the photo, 1 the full style', '1')
    .option('--mask <path>', 'a picture: stylise where it is white, keep the photo where it is black')
    .option('--enlarge', 'write it as large as the photo, with strokes as large as at --size')
    .option('--json', 'print one line of JSON for each picture');
  addShared(own).action((raw: Raw, { args: rest }: Command) => {
    parsed = { kind: 'stylize', options: checked(raw, rest) };
  });
  addCompare(program, (options) => (parsed = { kind: 'compare', options }));
  program.option('--list-presets', 'the same as "presets"');
  program
    .command('presets')
    .description('Lists the painters who come with Statistyle: name, artist, title.')
    .action(() => {
      parsed = { kind: 'list-presets' };
    });
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeOut: (text) => (help += text), writeErr: () => undefined });
  }
  if (args.length === 0)
    throw new BadInput('Say what to do: "stylize" or "compare"; --help lists everything.');
  if (args[0] === '--list-presets') return { kind: 'list-presets' };
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (help !== '') return { kind: 'help', text: help };
    if (error.code === 'commander.help') {
      throw new BadInput('There is help for "stylize", "compare" and "presets": stylize --help.');
    }
    throw new BadInput(`${sentence(error.message)} Use --help for the list of options.`);
  }
  return parsed ?? { kind: 'help', text: program.helpInformation() };
}

/** "error: unknown option '--x'\n(Did you mean --y?)" to one sentence. */
function sentence(message: string): string {
  const text = message.replace(/^error: /, '').replaceAll('\n', ' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;
}

function checked(raw: Raw, rest: readonly string[]): StylizeOptions {
  const shared = sharedOptions(raw, rest, { name: 'the result', example: 'out.png' });
  const norm = normOf(raw);
  checkStyles(raw, norm, shared);
  return {
    ...shared,
    norm,
    strength: strengthOf(raw.strength),
    ...(raw.mask !== undefined && { mask: raw.mask }),
    enlarge: raw.enlarge ?? false,
    json: raw.json ?? false,
  };
}

function normOf({ norm, groupSize }: Raw): NormWish {
  if (groupSize !== undefined && norm !== 'wct') {
    throw new BadInput(`--group-size is for --norm wct; leave it out for ${norm}.`);
  }
  const id = NORM_IDS.find((one) => one === norm);
  if (!id) throw new BadInput(`There is no norm "${norm}"; choose in, cin, adain, wct or din.`);
  return groupSize === undefined ? { id } : { id: 'wct', groupSize: groupSizeOf(groupSize) };
}

function checkStyles(raw: Raw, norm: NormWish, { styles }: SharedOptions): void {
  if (norm.id === 'in') {
    if (styles.length === 0) return;
    throw new BadInput(
      'Norm in takes no style: it gives every photo the statistics of the average one; leave out --style, --preset and --weights.',
    );
  }
  if (styles.length === 0) {
    const what = norm.id === 'cin' ? 'a --preset' : 'a style: --style painting.jpg, or a --preset';
    throw new BadInput(`Norm ${norm.id} needs ${what}.`);
  }
  if (isUnknownToCin(norm.id, raw)) {
    throw new BadInput(
      'Norm cin knows only the painters it was trained on; give a --preset, and no --style.',
    );
  }
}
