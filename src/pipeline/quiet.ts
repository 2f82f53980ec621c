/** How long nothing was asked for before it counts as quiet, ms. */
const QUIET_MS = 1000;

/** Work that waits for a quiet moment, and is done once. */
export interface QuietWork {
  /** Something was asked for. */
  busy(): void;
  /** All that was asked for is done. */
  idle(): void;
}

/** @param work when it fails, the next quiet moment tries again */
export function inQuiet(work: () => Promise<void>): QuietWork {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let begun = false;
  const begin = async (): Promise<void> => {
    begun = true;
    try {
      await work();
    } catch (error) {
      begun = false;
      console.warn('What is not needed yet could not be read ahead.', error);
    }
  };
  return {
    busy: () => clearTimeout(timer),
    idle() {
      clearTimeout(timer);
      if (!begun) timer = setTimeout(() => void begin(), QUIET_MS);
    },
  };
}
