/** `npm run bench -- [--sizes 256,512] [--runs 9] [--peers magenta,microast] [--out folder]`: see docs/benchmarks.md. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readWeights, startNetworks } from '../cli/backend';
import { bench } from './bench';
import { parseOptions } from './options';
import { tableOf } from './table';

const options = parseOptions(process.argv.slice(2));
const networks = await startNetworks('wasm');
const results = await bench(networks, readWeights, options, (progress) => {
  process.stderr.write(`${progress}\n`);
});
const table = tableOf(results.machine, results.rows);
if (options.out) {
  await mkdir(options.out, { recursive: true });
  await writeFile(join(options.out, 'bench.json'), `${JSON.stringify({ options, ...results }, null, 2)}\n`);
  await writeFile(join(options.out, 'bench.md'), table);
}
process.stdout.write(table, () => process.exit(0)); // wasm's threads keep Node alive otherwise
