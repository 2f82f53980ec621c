import { expect, it } from 'vitest';
import { problemOf } from './picture-kind';

const bytes = (letters: string) => Uint8Array.from(letters, (letter) => letter.charCodeAt(0));

it.each([
  ['a JPEG', '\xff\xd8\xff\xe0..JFIF', 'damaged'],
  ['a PNG', '\x89PNG\r\n\x1a\n', 'damaged'],
  ['a WebP', 'RIFF\n\x01\x02\x03WEBPVP8 ', 'damaged'],
  ['a GIF', 'GIF89a', 'damaged'],
  ['a HEIC of a phone', '\0\0\0$ftypheic\0\0\0\0mif1MiHE', 'heic'],
  ['a HEIF by its other brands', '\0\0\0$ftypmif1\0\0\0\0mif1heic', 'heic'],
  ['an AVIF, which older browsers do not open', '\0\0\0 ftypmif1\0\0\0\0mif1avif', 'foreign'],
  ['a film', '\0\0\0 ftypisom\0\0\0\0isommp41', 'foreign'],
  ['a sound in the same wrapper as WebP', 'RIFF....WAVEfmt ', 'foreign'],
  ['a letter', 'Dear Sir or Madam', 'foreign'],
  ['nothing', '', 'foreign'],
])('%s (%j) that cannot be opened is %s', (_what, letters, problem) => {
  expect(problemOf(bytes(letters))).toBe(problem);
});
