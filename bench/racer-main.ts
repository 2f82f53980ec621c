/** One racer's process (see process.ts): told a size, it runs once and answers with its lap. */
import { readWeights, startNetworks } from '../cli/backend';
import type { BenchBackend } from './device';
import { enter } from './host';
import type { RacerName } from './peers';

const send = (message: object): void => void process.send?.(message);
const [name, backend, count] = process.argv.slice(2) as [RacerName, BenchBackend, string]; // process.ts's own words
const threads = Number(count);
const host = {
  backend,
  threads,
  read: readWeights,
  networks: () => startNetworks(backend, threads),
  onnxruntime: () => import('onnxruntime-web'),
};
const { ready, run } = await enter(host, name);
process.on('message', (size: number) => void run?.(size).then(send));
process.on('disconnect', () => process.exit());
send(ready);
