/** `npm run bench -- [--where node,chromium] [--sizes 256,512] [--peers onnx]`: see docs/benchmarks.md. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { bench } from './bench';
import { openPlaces } from './open-places';
import { parseOptions } from './options';
import { tableOf } from './table';

const options = parseOptions(process.argv.slice(2));
const out = options.out && resolve(process.env['INIT_CWD'] ?? '.', options.out); // npm moves to the root
if (out) await mkdir(out, { recursive: true }); // before the work, whose results it will hold
const places = openPlaces();
try {
  const results = await bench(places.start, options, (progress) => {
    process.stderr.write(`${progress}\n`);
  });
  const chromium = places.chromium();
  const table = tableOf(results, chromium);
  process.stdout.write(table);
  if (out) {
    const json = JSON.stringify({ options, chromium, ...results }, null, 2);
    await writeFile(join(out, 'bench.json'), `${json}\n`);
    await writeFile(join(out, 'bench.md'), table);
  }
} finally {
  await places.close();
}
