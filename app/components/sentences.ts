import type { BackendReport } from '../../src/pipeline/choose-backend';
import type { Failure, PictureProblem, StyleFileProblem } from '../../src/pipeline/failure';
import type { ColourMode, NormId, Stage } from '../../src/pipeline/request';

/** One sentence for what happened, one for what to do next. */
export interface FailureWords {
  readonly what: string;
  readonly next: string;
}

const megapixels = (pixels: number): string => `${(pixels / 1e6).toFixed(pixels < 1e7 ? 1 : 0)} megapixels`;

export function failureWords(failure: Failure): FailureWords {
  switch (failure.code) {
    case 'no-backend':
      return {
        what: `This browser cannot run the networks: ${failure.reason}.`,
        next: 'Try a current Chrome, Edge, Firefox or Safari.',
      };
    case 'gpu-lost':
      return {
        what: 'The graphics card stopped answering, twice.',
        next: 'Choose WebAssembly under “Engine”, or reload the page.',
      };
    case 'weights-unreachable':
      return {
        what: `${partIn(failure.file)} could not be loaded (${failure.file}).`,
        next: 'Check the connection, then try again.',
      };
    case 'weights-damaged':
      return {
        what: `${partIn(failure.file)} arrived damaged (${failure.file}).`,
        next: 'Reload the page; if it stays, the site needs to be published again.',
      };
    case 'picture-too-large':
      return {
        what: `At this size the picture has ${megapixels(failure.pixels)}; ${megapixels(failure.limit)} is the most.`,
        next: 'Choose a smaller working size.',
      };
    case 'picture-unreadable':
      return PICTURE_WORDS[failure.why ?? 'foreign'](failure.name);
    case 'picture-forgotten':
      return { what: 'That picture is no longer in memory.', next: 'Open it again.' };
    case 'style-has-no-cin':
      return {
        what: 'CIN knows only the painters it was trained on.',
        next: 'Choose one of them, or another normalisation.',
      };
    case 'style-file':
      return STYLE_FILE_WORDS[failure.why](failure.name);
    case 'out-of-memory':
      return { what: 'Memory ran out.', next: 'Choose a smaller working size or style size.' };
    case 'cancelled':
      return { what: 'Stopped.', next: 'The last picture is kept.' };
    case 'bug':
      return { what: `Something broke that should not: ${failure.message}.`, next: 'Try again.' };
    default:
      return failure satisfies never;
  }
}

/** What a file of the weights holds, in words; the names are those of `public/weights/`. */
function partIn(file: string): string {
  if (file.startsWith('presets')) return 'The painter’s style';
  return file.startsWith('din') ? 'DIN’s network' : 'The networks';
}

const PICTURE_WORDS: Readonly<Record<PictureProblem, (name: string) => FailureWords>> = {
  foreign: (name) => ({
    what: `“${name}” is not a picture that this browser can open.`,
    next: 'Use JPEG, PNG, WebP, AVIF or GIF.',
  }),
  damaged: (name) => ({ what: `“${name}” is damaged or incomplete.`, next: 'Use another copy.' }),
  heic: (name) => ({
    what: `“${name}” is a HEIC picture, which this browser cannot open.`,
    next: 'Export it as JPEG first.',
  }),
};

const STYLE_FILE_WORDS: Readonly<Record<StyleFileProblem, (name: string) => FailureWords>> = {
  foreign: (name) => ({
    what: `“${name}” is not a file that Statistyle saved.`,
    next: 'Use a .style.json or .record.json file.',
  }),
  newer: (name) => ({
    what: `“${name}” was saved by a newer Statistyle.`,
    next: 'Reload the page to get the newest one.',
  }),
  'other-networks': (name) => ({
    what: `“${name}” holds statistics of other networks than this page has.`,
    next: 'Make the style again from its picture.',
  }),
  damaged: (name) => ({ what: `“${name}” is damaged.`, next: 'Save the style again, or get another copy.' }),
};

export const STAGE_NAMES: Readonly<Record<Stage | 'waiting', string>> = {
  waiting: 'Sketching',
  encoding: 'Reading',
  normalising: 'Matching',
  decoding: 'Painting',
};

export const NORMS: readonly { readonly id: NormId; readonly name: string; readonly does: string }[] = [
  { id: 'adain', name: 'AdaIN', does: 'Gives each feature the style’s mean and spread.' },
  { id: 'wct', name: 'WCT', does: 'Also matches how features vary together, in groups.' },
  { id: 'din', name: 'DIN', does: 'A small network reads the style and shapes a filter for it.' },
  { id: 'cin', name: 'CIN', does: 'Gives each feature a spread and mean learned for this painter.' },
  { id: 'in', name: 'IN', does: 'Ignores the style: shows what normalising alone removes.' },
];

export const CIN_NEEDS_A_PAINTER = 'Knows only the painters it was trained on: choose one of them.';

export function backendWords({ running, because, gpu, threads }: BackendReport): string {
  const wasm = threads > 1 ? `WebAssembly on ${threads} threads` : 'WebAssembly';
  const name = running === 'webgpu' ? `the graphics card (${gpu ?? 'WebGPU'})` : wasm;
  const runs = `Runs on ${name}`;
  switch (because.code) {
    case 'asked':
      return `${runs}, as you asked.`;
    case 'asked-in-vain':
      return `${runs}: WebGPU was asked for, but this browser offers none.`;
    case 'no-api':
      return `${runs}: this browser has no WebGPU.`;
    case 'no-adapter':
      return `${runs}: the browser found no graphics card for WebGPU.`;
    case 'no-device':
      return `${runs}: the graphics card did not open for WebGPU.`;
    case 'software-gpu':
      return `${runs}: the only WebGPU device here is software (${because.name}), which is slower.`;
    case 'faster': {
      const { webgpuMs, wasmMs } = because.timings;
      return `${runs}: a 128 px test took ${webgpuMs.toFixed(0)} ms on WebGPU and ${wasmMs.toFixed(0)} ms on WebAssembly.`;
    }
    case 'gpu-failed':
      return `${runs}: the graphics card stopped answering.`;
    default:
      return because satisfies never;
  }
}

/** Whose colours the result has. */
export const COLOURS: readonly {
  readonly value: ColourMode;
  readonly name: string;
  readonly does: string;
}[] = [
  { value: 'style', name: 'Style', does: 'Colours come with the style.' },
  { value: 'recolour', name: 'Photo', does: 'The result has the photo’s palette.' },
  { value: 'lightness', name: 'Hues', does: 'Every spot keeps its hue; light and dark come with the style.' },
  { value: 'only', name: 'Only', does: 'Nothing but the colours changes; every shape stays.' },
];
