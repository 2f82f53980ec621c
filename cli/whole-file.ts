import { rmSync } from 'node:fs';
import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isDevice, reasonOf } from './places';

/** The work was done, but its result could not be written. The message is the sentence to print. */
export class NotWritten extends Error {
  override readonly name = 'NotWritten';
}

/** Files that are being written; none of them survives the process. */
const unfinished = new Set<string>();
process.on('exit', () => {
  for (const path of unfinished) rmSync(path, { force: true });
});

/**
 * Writes a file under another name first: no reader ever sees half of it. What is no file, such as /dev/stdout,
 * is written to as it is; a link stays one, and the file that it leads to is written.
 * @param path its folder exists
 * @throws NotWritten
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  try {
    const real = await realpath(path).catch(() => path);
    const there = await stat(real).catch(() => undefined);
    const whole = !isDevice(path) && (!there || there.isFile());
    await (whole ? viaAnotherName(real, content) : writeFile(path, content));
  } catch (error) {
    throw new NotWritten(`${path} cannot be written (${reasonOf(error)}); make room, or give another path.`);
  }
}

async function viaAnotherName(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  try {
    unfinished.add(temporary);
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    unfinished.delete(temporary);
  }
}
