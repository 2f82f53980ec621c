import { createStore, type UseStore } from 'idb-keyval';

const entries = createStore('keyval-store', 'keyval');

/**
 * What this browser keeps, for the functions of idb-keyval but `update`, which writes late. A write is committed at
 * once: left to itself it commits when the page next has time, which a page that is being closed never has.
 */
export const storage: UseStore = (mode, use) =>
  entries(mode, (store) => {
    const done = use(store);
    if (mode === 'readwrite') store.transaction.commit();
    return done;
  });
