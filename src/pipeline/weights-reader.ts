import { WeightsError, type ReadFile } from '../../app/models/weights';

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

async function fetchFile(url: URL, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url).catch((error: unknown) => {
    throw new WeightsError('unreachable', name, String(error));
  });
  if (!response.ok) throw new WeightsError('unreachable', name, `status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
