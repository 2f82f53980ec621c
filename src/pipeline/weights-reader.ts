import { presetFile } from '../../app/models/preset-table';
import { readPresetTable } from '../../app/models/presets';
import { WeightsError, type ReadFile } from '../../app/models/weights-file';
import { DIN_FILE, FIRST_FILES } from '../../app/models/weights';

/** Reads files below `base`, each once: a second backend, and a second try, find them in memory. */
export function weightsReader(base: URL): ReadFile {
  const known = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  return (name) => {
    const file = known.get(name) ?? fetchFile(new URL(name, base), name);
    known.set(name, file);
    file.catch(() => known.delete(name)); // the caller hears of it; the next try asks again
    return file;
  };
}

/** Asks for what a first picture needs, all at once; what fails is reported when it is needed. */
export function readAhead(read: ReadFile): void {
  for (const name of [...FIRST_FILES, 'presets.json']) read(name).catch(() => undefined);
}

/** Reads what is left, one file after another, so that all of it works without a connection from then on. */
export async function readRest(read: ReadFile): Promise<void> {
  await read(DIN_FILE);
  for (const { id } of (await readPresetTable(read)).presets) await read(presetFile(id));
}

async function fetchFile(url: URL, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url).catch((error: unknown) => {
    throw new WeightsError('unreachable', name, String(error));
  });
  if (!response.ok) throw new WeightsError('unreachable', name, `status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
