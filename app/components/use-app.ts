import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { AppState, AppStore } from '../store/store';

export const StoreContext = createContext<AppStore | null>(null);

/** Reads from the store; the component renders again when what it read changes. */
export function useApp<T>(select: (state: AppState) => T): T {
  return useStore(useAppStore(), select);
}

export function useAppStore(): AppStore {
  const store = use(StoreContext);
  if (!store) throw new Error('useApp: no StoreContext around this component');
  return store;
}
