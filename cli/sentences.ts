import type { Failure, StyleFileProblem } from '../src/pipeline/failure';

/** What went wrong and what to do about it, in one sentence. */
export function sentenceOf(failure: Failure): string {
  switch (failure.code) {
    case 'no-backend':
      return `The backend could not be started (${failure.reason}); use --backend wasm, which runs everywhere.`;
    case 'gpu-lost':
      return `The GPU went away during the work (${failure.reason}); run it again, or use --backend wasm.`;
    case 'weights-unreachable':
      return `The trained weights are incomplete: public/weights/${failure.file} cannot be read; restore the folder from the repository.`;
    case 'weights-damaged':
      return `The trained weights are damaged (${failure.reason}); restore public/weights from the repository.`;
    case 'picture-too-large':
      return `A picture of ${megapixels(failure.pixels)} megapixels is too large (the limit is ${megapixels(failure.limit)}); choose a smaller --size or --style-size.`;
    case 'picture-unreadable':
      return `${failure.name} is not a picture that can be read; give a whole PNG, JPEG, WebP, AVIF, TIFF or GIF file.`;
    case 'picture-forgotten':
      return 'A picture was dropped before its turn, which is a bug in Statistyle: please report it with the command.';
    case 'style-has-no-cin':
      return 'Norm cin knows only the painters it was trained on; choose one with --preset, or another norm.';
    case 'style-file':
      return STYLE_FILES[failure.why](failure.name);
    case 'out-of-memory':
      return 'The memory ran out; choose a smaller --size or --style-size.';
    case 'cancelled':
      return 'Stopped; no half-written file was left.';
    case 'bug':
      return `This is a bug in Statistyle (${failure.message}): please report it with the command.`;
    default:
      return failure satisfies never;
  }
}

const STYLE_FILES: Readonly<Record<StyleFileProblem, (name: string) => string>> = {
  foreign: (name) =>
    `${name} is not a style file of Statistyle; give a picture, or a style saved by the page.`,
  newer: (name) =>
    `${name} was saved by another version of Statistyle; update this one, or save the style again.`,
  'other-networks': (name) =>
    `${name} was measured by other trained networks than these; save the style again from its picture.`,
  damaged: (name) => `${name} is damaged or incomplete; save the style again.`,
};

/** 0 is success; 2: the input cannot be used; 130: stopped by the user; 1: anything else. */
export function exitCodeOf({ code }: Failure): 1 | 2 | 130 {
  switch (code) {
    case 'no-backend':
    case 'picture-too-large':
    case 'picture-unreadable':
    case 'style-has-no-cin':
    case 'style-file':
      return 2;
    case 'cancelled':
      return 130;
    default:
      return 1;
  }
}

function megapixels(pixels: number): string {
  return (pixels / 1e6).toFixed(pixels < 10e6 ? 1 : 0);
}
