import { get, set } from 'idb-keyval';
import { storage } from './storage';
import type { AppState, AppStore } from './store/store';

const KEY = 'recent-styles/1';

interface RememberedStyle {
  readonly name: string;
  readonly blob: Blob;
}

/** Offers the own styles of the last visit, and remembers those of this one. They stay in this browser. */
export async function keepRecentStyles(store: AppStore): Promise<void> {
  const remember = ({ recentStyles }: AppState): void => {
    const styles: readonly RememberedStyle[] = recentStyles.map(({ name, blob }) => ({ name, blob }));
    set(KEY, styles, storage).catch((error: unknown) => console.warn('The style is not remembered.', error));
  };
  let known: readonly RememberedStyle[] = [];
  try {
    known = (await get<readonly RememberedStyle[]>(KEY, storage)) ?? [];
    await store.getState().offerRecent(known.map(({ name, blob }) => ({ name, blob: async () => blob })));
  } catch (error) {
    console.warn('Styles of the last visit could not be read.', error);
  }
  const now = store.getState();
  const opened = now.recentStyles.some(({ blob }) => known.every((one) => one.blob !== blob)); // while it read
  if (opened) remember(now);
  store.subscribe((state, before) => {
    if (state.recentStyles !== before.recentStyles) remember(state);
  });
}
