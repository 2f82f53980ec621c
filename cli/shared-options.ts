import type { Command } from 'commander';
import { DETAIL, type NormId } from '../src/pipeline/request';
import { BadInput } from './bad-input';
import {
  backendOf,
  collect,
  detailOf,
  isStyleFile,
  sizeOf,
  styleWishes,
  type CliBackend,
  type StyleWish,
} from './option-values';

/** What `stylize` and `compare` have in common. */
export interface SharedOptions {
  readonly content: string;
  readonly out: string;
  readonly styles: readonly StyleWish[];
  readonly keepColour: boolean;
  /** Share of the photo's detail that comes back, 0..1. */
  readonly detail: number;
  /** Short side, px; 0: the picture's own. */
  readonly size: number;
  readonly styleSize: number;
  readonly backend: CliBackend;
}

/** As commander hands them over: every value is still text. */
export interface SharedRaw {
  readonly content?: string;
  readonly out?: string;
  readonly style?: readonly string[];
  readonly preset?: readonly string[];
  readonly weights?: string;
  readonly keepColor?: true;
  readonly detail: string;
  readonly size: string;
  readonly styleSize: string;
  readonly backend: string;
}

/** Adds them to a command, after its own. */
export function addShared(command: Command): Command {
  return command
    .option('--style <path>', 'a painting, or a style file saved by the page; repeat it to blend', collect)
    .option('--preset <name>', 'a painter who comes with Statistyle, in place of a --style', collect)
    .option('--weights <list>', 'shares of the styles, then of the presets: 0.7,0.3 (default: equal)')
    .option('--keep-color', "keep the photo's hues, restyle only the lightness")
    .option('--detail <share>', "how much of the photo's fine detail comes back, 0 to 1", String(DETAIL))
    .option('--size <px>', 'short side to work at, never scaled up, smaller past 3:1; 0: its own size', '512')
    .option('--style-size <px>', 'the same for the styles', '512')
    .option('--backend <backend>', 'wasm, webgpu or cpu', 'wasm')
    .allowExcessArguments();
}

/**
 * @param rest   arguments that belong to no option
 * @param result what goes to --out: "the result"
 * @throws BadInput
 */
export function sharedOptions(
  raw: SharedRaw,
  rest: readonly string[],
  result: { readonly name: string; readonly example: string },
): SharedOptions {
  if (rest.length > 0) {
    throw new BadInput(
      `"${rest[0]}" stands alone; give every style its own --style, and quote paths that contain spaces.`,
    );
  }
  if (!raw.content) throw new BadInput('Say which picture to restyle: --content photo.jpg.');
  if (!raw.out) throw new BadInput(`Say where to write ${result.name}: --out ${result.example}.`);
  const { style = [], preset = [] } = raw;
  const none = style.length + preset.length === 0 && raw.weights === undefined;
  return {
    content: raw.content,
    out: raw.out,
    styles: none ? [] : styleWishes(style, preset, raw.weights),
    keepColour: raw.keepColor ?? false,
    detail: detailOf(raw.detail),
    size: sizeOf('--size', raw.size),
    styleSize: sizeOf('--style-size', raw.styleSize),
    backend: backendOf(raw.backend),
  };
}

/** CIN knows no pictures: presets only, and style files, which may hold presets. */
export function isUnknownToCin(norm: NormId, { style = [] }: SharedRaw): boolean {
  return norm === 'cin' && !style.every(isStyleFile);
}
