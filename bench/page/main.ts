/** A racer's page: hands what chromium.ts asks on to the racer's worker, as the app does with its own. */
const worker = new Worker(new URL('./racer-worker.ts', import.meta.url), { type: 'module' });

/** One question after another: first who runs on what, then sizes. */
export type Ask = (question: unknown) => Promise<unknown>;

const ask: Ask = (question) =>
  new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(question);
  });

Object.assign(globalThis, { ask });
