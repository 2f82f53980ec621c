import { commandLineThreads } from '../cli/backend';
import type { Browser } from './chromium';
import { Absent, type Placed } from './host';
import type { RacerName } from './peers';
import type { PlaceName } from './places';
import { inProcess } from './process';

export interface Places {
  /** A new racer there. @throws Absent */
  readonly start: (place: PlaceName, name: RacerName) => Promise<Placed>;
  /** Undefined until a racer started in it. */
  readonly chromium: () => string | undefined;
  readonly close: () => Promise<void>;
}

/** The browser is opened when a racer needs it; until then nothing of it is loaded. */
export function openPlaces(): Places {
  let opening: Promise<Browser> | undefined;
  let version: string | undefined;
  const browser = async (): Promise<Browser> => {
    const opened = await (opening ??= import('./chromium').then(({ openChromium }) => openChromium()));
    version = opened.version;
    return opened;
  };
  return {
    async start(place, name) {
      switch (place) {
        case 'node-wasm':
          return inProcess(name, 'wasm');
        case 'node-threads':
          return inProcess(name, 'wasm', { threads: severalThreads() });
        case 'node-webgpu':
          return onDawn(name);
        case 'chromium-wasm':
          return (await browser()).start({ name, backend: 'wasm', threads: 'one' });
        case 'chromium-threads':
          return (await browser()).start({ name, backend: 'wasm', threads: 'several' });
        case 'chromium-webgpu':
          return (await browser()).start({ name, backend: 'webgpu', threads: 'one' });
        default:
          return place satisfies never;
      }
    },
    chromium: () => version,
    close: async () => (await opening?.catch(() => undefined))?.close(), // who asked for it was told
  };
}

/** As many as the command line takes. @throws Absent */
function severalThreads(): number {
  const threads = commandLineThreads();
  if (threads === 1) throw new Absent('wasm takes one thread of one processor');
  return threads;
}

/** On the GPU, or on Chromium's software one where there is none. */
async function onDawn(name: RacerName): Promise<Placed> {
  try {
    return await inProcess(name, 'webgpu');
  } catch (error) {
    const { softwareGpu } = await import('../cli/testing/software-gpu');
    const software = softwareGpu();
    if (!(error instanceof Absent && software)) throw error;
    return inProcess(name, 'webgpu', { env: software });
  }
}
