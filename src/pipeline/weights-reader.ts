import { WeightsError, type ReadFile } from '../../app/models/weights';
import { Stopped } from './failure';

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

/** Asks for all files of the networks before anything needs them; what fails is reported when it is needed. */
export async function readAhead(read: ReadFile): Promise<void> {
  try {
    const manifest = JSON.parse(new TextDecoder().decode(await read('manifest.json'))) as { files: object };
    await Promise.all([...Object.keys(manifest.files), 'presets.json', 'presets.bin'].map(read));
  } catch (error) {
    console.warn('The networks could not be read ahead.', error);
  }
}

/** A loader's error as a failure; other errors as they are. */
export function stoppedBy(error: unknown): unknown {
  if (!(error instanceof WeightsError)) return error;
  const { kind, file, message } = error;
  return new Stopped(
    kind === 'unreachable'
      ? { code: 'weights-unreachable', file }
      : { code: 'weights-damaged', file, reason: message },
  );
}

async function fetchFile(url: URL, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url).catch((error: unknown) => {
    throw new WeightsError('unreachable', name, String(error));
  });
  if (!response.ok) throw new WeightsError('unreachable', name, `status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
