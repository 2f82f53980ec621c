import type { PictureProblem } from './failure';

/** Bytes from the beginning that say what kind of picture a file is. */
export const KIND_BYTES = 64;

/** First bytes of kinds that every browser opens; Latin letters, `.` for any byte. */
const OPENED = [/^\xff\xd8\xff/, /^\x89PNG\r\n\x1a\n/, /^RIFF....WEBP/s, /^GIF8[79]a/];

/** The box of an ISO media file that names its brands; HEIC's are these (ISO/IEC 23008-12, annex B). */
const HEIC = /^....ftyp(?!.*avif).*(hei[cxms]|hev[cxms]|mif1|msf1)/s;

/**
 * Why a picture could not be opened, by its first bytes: it is of a kind that can be, so it is damaged; or of
 * one that needs another program.
 * @param start at least KIND_BYTES, or the whole file
 */
export function problemOf(start: Uint8Array): PictureProblem {
  const letters = String.fromCharCode(...start.subarray(0, KIND_BYTES));
  if (OPENED.some((kind) => kind.test(letters))) return 'damaged';
  return HEIC.test(letters) ? 'heic' : 'foreign';
}
