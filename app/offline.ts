import { registerSW } from 'virtual:pwa-register';
import type { AppStore } from './store/store';

/**
 * Keeps the page itself in this browser, once the first picture is there: what it fetches must not delay that.
 * When a newer version has been fetched it is offered, and taken on the person's word or when the page is next
 * closed. Not on localhost, where the server is at hand, and the next project on the same port would get this page.
 */
export function keepForOffline(store: AppStore): void {
  if (location.hostname === 'localhost' || !('serviceWorker' in navigator)) return;
  if (navigator.serviceWorker.controller) return register(store); // kept before: a newer one may mend this one
  const stop = store.subscribe(({ run }) => {
    if (run.status !== 'finished') return;
    stop();
    register(store);
  });
}

function register(store: AppStore): void {
  const offer = (): void => store.setState({ newerVersion: 'ready' });
  const activate = registerSW({
    onNeedRefresh: offer,
    onNeedReload: offer, // taken in another tab; this one is reloaded when its person says so
    onRegisterError: (error: unknown) => console.warn('The page will not open without a connection.', error),
  });
  store.subscribe(({ newerVersion }, before) => {
    if (newerVersion === 'wanted' && newerVersion !== before.newerVersion) void take(activate);
  });
}

/** Reloads the page as the newer version, which may have been taken in another tab already. */
async function take(activate: () => Promise<void>): Promise<void> {
  const waiting = (await navigator.serviceWorker.getRegistration())?.waiting;
  if (!waiting) return location.reload();
  waiting.addEventListener('statechange', () => waiting.state === 'activated' && location.reload());
  await activate();
}
