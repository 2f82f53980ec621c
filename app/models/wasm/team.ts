import type { WasmKernels } from './instance';

/** Our functions, each on several parts of a map; a run returns when all parts are done. */
export interface Team {
  /** How many parts keep everybody at work to the end. */
  readonly parts: number;
  readonly run: <Name extends keyof WasmKernels>(
    name: Name,
    calls: readonly Parameters<WasmKernels[Name]>[],
  ) => void;
}

/** What a team works with: `module` is what `kernels` came from, and `memory` is shared. */
export interface SharedKernels {
  readonly kernels: WasmKernels;
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
}

/** Starts a program in a thread, whose `self.onmessage` gets what is posted. */
export type StartThread = (program: string) => { readonly postMessage: (message: unknown) => void };

type Work = (...values: readonly number[]) => void; // as all functions may be called: they take numbers

export function alone(kernels: WasmKernels): Team {
  return {
    parts: 1,
    run(name, calls) {
      for (const call of calls) (kernels[name] as Work)(...call);
    },
  };
}

// Places in the integers by which threads agree. The arguments of the calls follow.
const TICKETS = 0; // calls that nobody has taken, plus 64 times a number that is new with each run
const LEFT = 1; // calls that are not done
const TRAPPED = 2;
const FUNCTION = 3; // its place among the exports, which is the same in every thread
const ARITY = 4;
const CALLS = 5;
const MOST_CALLS = 63;
const MOST_ARGUMENTS = 20;
const PARTS_EACH = 3; // a thread that is held up leaves its share to the others

/**
 * What a helper runs: it takes a call, works and says so, and sleeps when there is none; `take` below is its
 * twin. As text, because browsers start it from a `blob:` address and Node from a string, and no bundler then
 * needs to know of it.
 */
const PROGRAM = `self.onmessage = ({ data: { module, memory, control } }) => {
  const functions = Object.values(new WebAssembly.Instance(module, { env: { memory } }).exports);
  for (;;) {
    const tickets = Atomics.load(control, ${TICKETS});
    const call = (tickets & ${MOST_CALLS}) - 1;
    if (call < 0) Atomics.wait(control, ${TICKETS}, tickets);
    else if (Atomics.compareExchange(control, ${TICKETS}, tickets, tickets - 1) === tickets) {
      const start = ${CALLS} + call * control[${ARITY}];
      try {
        functions[control[${FUNCTION}]](...control.subarray(start, start + control[${ARITY}]));
      } catch {
        Atomics.store(control, ${TRAPPED}, 1);
      }
      if (Atomics.sub(control, ${LEFT}, 1) === 1) Atomics.notify(control, ${LEFT});
    }
  }
};`;

/**
 * This thread and `helpers` more. Whoever is free takes the next call, and this thread does what nobody else
 * takes; so helpers may start late or be held up. Not for a page's own thread, which may not wait.
 */
export function team(shared: SharedKernels, helpers: number, start: StartThread): Team {
  const { kernels, module, memory } = shared;
  const control = new Int32Array(new SharedArrayBuffer(4 * (CALLS + MOST_CALLS * MOST_ARGUMENTS)));
  for (let i = 0; i < helpers; i++) start(PROGRAM).postMessage({ module, memory, control });
  const names = Object.keys(kernels);
  let runs = 0;

  /** Works on one call; false when all are taken. */
  function take(work: Work, calls: readonly (readonly number[])[]): boolean {
    const tickets = Atomics.load(control, TICKETS);
    const call = calls[(tickets & MOST_CALLS) - 1];
    if (!call) return false;
    if (Atomics.compareExchange(control, TICKETS, tickets, tickets - 1) !== tickets) return true;
    try {
      work(...call);
    } catch {
      Atomics.store(control, TRAPPED, 1);
    }
    Atomics.sub(control, LEFT, 1);
    return true;
  }

  return {
    parts: Math.min(MOST_CALLS, PARTS_EACH * (1 + helpers)),
    run(name, calls) {
      control.set([0, names.indexOf(name), calls[0]?.length ?? 0, ...calls.flat()], TRAPPED);
      Atomics.store(control, LEFT, calls.length);
      Atomics.store(control, TICKETS, ((MOST_CALLS + 1) * ++runs) | calls.length);
      Atomics.notify(control, TICKETS);
      while (take(kernels[name] as Work, calls));
      for (;;) {
        const left = Atomics.load(control, LEFT);
        if (left === 0) break;
        Atomics.wait(control, LEFT, left);
      }
      if (control[TRAPPED]) throw new WebAssembly.RuntimeError(`${name}: memory access out of bounds`);
    },
  };
}
