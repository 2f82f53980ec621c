import type { AppState } from '../store/store';

/** Puts a link to what is on screen on the clipboard, and says how that went. */
export async function copyLink({ linkNow, style, others, regions }: AppState): Promise<string> {
  const address = new URL(location.href);
  address.hash = await linkNow();
  const own = [style, ...others.map((one) => one.style)].some((one) => one?.kind !== 'preset');
  try {
    await navigator.clipboard.writeText(address.href);
    return own || regions.length > 0 ? 'Link copied, without your own pictures' : 'Link copied';
  } catch {
    return 'The browser did not allow copying.';
  }
}
