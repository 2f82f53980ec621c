import type { Picture } from './picture';

/** Own styles that stay one click away. */
export const RECENT_STYLES = 8;

/** What tells a file from all others: its name, and its bytes; its name and size where they cannot be read. */
export async function printOf(name: string, blob: Blob): Promise<string> {
  const { subtle } = globalThis.crypto as { subtle?: SubtleCrypto }; // none on a page that is not secure
  const bytes = await blob.arrayBuffer().catch(() => null); // what opens the picture says why
  const digest = subtle && bytes ? await subtle.digest('SHA-256', bytes) : new ArrayBuffer(0);
  return `${name}/${blob.size}/${new Uint8Array(digest).join()}`;
}

/** The own style that is this file. */
export function knownIn(recent: readonly Picture[], print: string): Picture | undefined {
  return recent.find((one) => one.print === print);
}

/** The own styles with another one before them; of too many the last goes that is not in use. */
export function withRecent(
  recent: readonly Picture[],
  picture: Picture,
  inUse: (one: Picture) => boolean,
): readonly Picture[] {
  const all = [picture, ...recent.filter((one) => one.print !== picture.print)];
  if (all.length <= RECENT_STYLES) return all;
  const last = all.findLast((one) => one !== picture && !inUse(one)) ?? all.at(-1);
  return all.filter((one) => one !== last);
}
