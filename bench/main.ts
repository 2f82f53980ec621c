/** `npm run bench -- [--sizes 256,512] [--runs 9] [--peers magenta,microast] [--out folder]`: see docs/benchmarks.md. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bench } from './bench';
import { parseOptions } from './options';
import { inProcess } from './process';
import { tableOf } from './table';

const options = parseOptions(process.argv.slice(2));
const results = await bench(inProcess, options, (progress) => {
  process.stderr.write(`${progress}\n`);
});
const table = tableOf(results.machine, results.rows);
if (options.out) {
  await mkdir(options.out, { recursive: true });
  await writeFile(join(options.out, 'bench.json'), `${JSON.stringify({ options, ...results }, null, 2)}\n`);
  await writeFile(join(options.out, 'bench.md'), table);
}
process.stdout.write(table);
