/** One racer's process (see process.ts): told a size, it runs once and answers with its lap. */
import { readWeights, startNetworks, wasmThreads } from '../cli/backend';
import type { BenchBackend } from './device';
import { enter } from './host';
import type { RacerName } from './peers';

const send = (message: object): void => void process.send?.(message);
const [name, backend] = process.argv.slice(2) as [RacerName, BenchBackend]; // process.ts's own words
const host = {
  backend,
  threads: wasmThreads(),
  read: readWeights,
  networks: () => startNetworks(backend),
  onnxruntime: () => import('onnxruntime-web'),
};
const { ready, run } = await enter(host, name);
process.on('message', (size: number) => void run?.(size).then(send));
process.on('disconnect', () => process.exit());
send(ready);
