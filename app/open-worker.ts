const open = (): Worker =>
  new Worker(new URL('../src/pipeline/worker.ts', import.meta.url), { type: 'module' });

/** main.tsx imports this first: the worker is on its way before React and the rest are evaluated. */
let early: Worker | undefined = open();

/** The worker that was opened early, then new ones. */
export function openWorker(): Worker {
  const worker = early ?? open();
  early = undefined;
  return worker;
}
