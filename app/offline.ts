import { registerSW } from 'virtual:pwa-register';
import type { AppStore } from './store/store';

/**
 * Keeps the page itself in this browser, once the first picture is there: what it fetches must not delay that.
 * Says when a newer version has been fetched, which is taken on the person's word or when the page is next closed.
 * Not on localhost, where the server is at hand, and the next project on the same port would get this page.
 */
export function keepForOffline(store: AppStore): void {
  if (location.hostname === 'localhost') return;
  const stop = store.subscribe(({ run }) => {
    if (run.status !== 'finished') return;
    stop();
    const takeNewer = registerSW({
      onNeedRefresh() {
        if (store.getState().notice === null) store.setState({ notice: { code: 'newer', take: takeNewer } });
      },
      onRegisterError: (error: unknown) =>
        console.warn('The page will not open without a connection.', error),
    });
  });
}
