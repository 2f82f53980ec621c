/**
 * Compiles app/models/wasm/assembly into app/models/wasm/binary.ts: `npm run build:wasm`, after each change.
 * The result is in the repository, so that neither the page's build nor the command line needs the compiler.
 */
import asc from 'assemblyscript/asc';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../app/models/wasm/', import.meta.url));
const FLAGS =
  '--optimizeLevel 3 --shrinkLevel 0 --converge --noAssert --runtime stub --use abort= --disableWarning --importMemory --enable simd';
const SHARED = '--enable threads --sharedMemory --maximumMemory 65536'; // as tfjs's threads have it

/** WebAssembly in base64. */
async function compiled(flags: string): Promise<string> {
  let binary: Uint8Array | undefined;
  const options = ['assembly/index.ts', '--baseDir', FOLDER, '--outFile', 'binary', ...flags.split(' ')];
  const { error, stderr } = await asc.main(options, {
    readFile: (name, folder) => readFile(`${folder}/${name}`, 'utf8').catch(() => null), // it tries several places
    writeFile: (_, contents) => void (binary = contents as Uint8Array), // text only where it was asked for
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`asc: ${stderr.toString()}`, { cause: error });
  return Buffer.from(binary).toString('base64');
}

/** The text of binary.ts. */
export async function build(): Promise<string> {
  const lines = [
    '// Made by scripts/build-wasm.ts from assembly/; not to be edited.',
    '/** WebAssembly, base64; its memory is imported. */',
    `export const PLAIN = '${await compiled(FLAGS)}';`,
    '/** The same for a memory that threads share. */',
    `export const SHARED = '${await compiled(`${FLAGS} ${SHARED}`)}';`,
  ];
  return `${lines.join('\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(`${FOLDER}binary.ts`, await build());
