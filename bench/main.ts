/** `npm run bench -- [--where node,chromium] [--sizes 256,512] [--peers onnx]`: see docs/benchmarks.md. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bench } from './bench';
import { openPlaces } from './open-places';
import { parseOptions } from './options';
import { tableOf } from './table';

const options = parseOptions(process.argv.slice(2));
const places = openPlaces();
try {
  const results = await bench(places.start, options, (progress) => {
    process.stderr.write(`${progress}\n`);
  });
  const chromium = places.chromium();
  const table = tableOf(results, chromium);
  if (options.out) {
    const json = JSON.stringify({ options, chromium, ...results }, null, 2);
    await mkdir(options.out, { recursive: true });
    await writeFile(join(options.out, 'bench.json'), `${json}\n`);
    await writeFile(join(options.out, 'bench.md'), table);
  }
  process.stdout.write(table);
} finally {
  await places.close();
}
