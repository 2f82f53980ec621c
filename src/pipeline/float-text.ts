import { Float16Array } from '@petamoriken/float16';

/** Numbers as text: float16, little-endian, base64. Values beyond 65504 become infinite; callers check. */
export function textOf(numbers: ArrayLike<number>): string {
  const halves = Float16Array.from(numbers);
  const bytes = new Uint8Array(halves.buffer, 0, 2 * halves.length);
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** The numbers of a text that `textOf` made, or null when there are not `count` finite ones. */
export function numbersIn(text: string, count: number): Float32Array | null {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return null; // not base64
  }
  if (binary.length !== 2 * count) return null;
  const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  const numbers = Float32Array.from(new Float16Array(bytes.buffer));
  return numbers.every(Number.isFinite) ? numbers : null;
}
