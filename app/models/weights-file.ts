import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** Fetches one file of `public/weights/`. Rejects with a WeightsError 'unreachable'. */
export type ReadFile = (name: string) => Promise<Uint8Array<ArrayBuffer>>;

/** The weights could not be had, or are not what the manifest says. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';
  constructor(
    readonly kind: 'unreachable' | 'damaged',
    readonly file: string,
    detail: string,
  ) {
    super(`${file}: ${detail}`);
  }
}

/**
 * Reads a file and compares its sha256 with the one that was promised.
 * @throws WeightsError
 */
export async function readChecked(
  read: ReadFile,
  name: string,
  promised: string | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await read(name);
  const found = bytesToHex(sha256(bytes));
  if (found === promised) return bytes;
  throw new WeightsError('damaged', name, `sha256 is ${found}, the manifest says ${promised}`);
}
