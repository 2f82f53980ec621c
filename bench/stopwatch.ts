/** What passed between two moments. */
export interface Passed {
  readonly ms: number;
  /** CPU time of the whole process: on a busy machine it says more. Browsers do not tell it. */
  readonly cpuMs?: number;
}

/** Starts to measure; what comes back tells what passed since. */
export function stopwatch(): () => Passed {
  const { process } = globalThis as Partial<Pick<typeof globalThis, 'process'>>; // Node only
  const cpu = process?.cpuUsage();
  const start = performance.now();
  return () => {
    const ms = performance.now() - start;
    if (!process) return { ms };
    const { user, system } = process.cpuUsage(cpu);
    return { ms, cpuMs: (user + system) / 1000 };
  };
}
