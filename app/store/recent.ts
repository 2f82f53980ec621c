import type { Picture } from './pictures-slice';

/** Own styles that stay one click away. */
export const RECENT_STYLES = 8;

/** The one that is this file, byte for byte. */
export async function knownIn(recent: readonly Picture[], name: string, blob: Blob): Promise<Picture | null> {
  for (const one of recent) {
    if (one.name === name && one.blob.size === blob.size && (await sameBytes(one.blob, blob))) return one;
  }
  return null;
}

async function sameBytes(a: Blob, b: Blob): Promise<boolean> {
  if (a === b) return true;
  const [one, other] = await Promise.all(
    [a, b].map(async (blob) => new Uint8Array(await blob.arrayBuffer())),
  );
  return one?.length === other?.length && one?.every((byte, i) => byte === other?.[i]) === true;
}

/** The own styles with another one before them; of too many the last goes that is not in use. */
export function withRecent(
  recent: readonly Picture[],
  picture: Picture,
  inUse: (one: Picture) => boolean,
): readonly Picture[] {
  const all = [picture, ...recent.filter((one) => one.blob !== picture.blob)];
  if (all.length <= RECENT_STYLES) return all;
  const last = all.findLast((one) => one !== picture && !inUse(one)) ?? all.at(-1);
  return all.filter((one) => one !== last);
}
