import type { Picture } from './pictures-slice';

/** Own styles that stay one click away. */
export const RECENT_STYLES = 8;

export function sameFile(a: Picture, b: Picture): boolean {
  return a.name === b.name && a.blob.size === b.blob.size;
}

/** The own styles with another one before them; of too many the last goes that is not in use. */
export function withRecent(
  recent: readonly Picture[],
  picture: Picture,
  inUse: (one: Picture) => boolean,
): readonly Picture[] {
  const all = [picture, ...recent.filter((one) => !sameFile(one, picture))];
  if (all.length <= RECENT_STYLES) return all;
  const last = all.findLast((one) => one !== picture && !inUse(one)) ?? all.at(-1);
  return all.filter((one) => one !== last);
}
