/** One racer's process (see process.ts): told a size, it runs once and answers with its lap. */
import { readWeights, startNetworks } from '../cli/backend';
import { PEER_NAMES } from './peers';
import type { Ready } from './process';
import { ourselves, peer } from './racers';

const send = (message: object): void => void process.send?.(message);
const networks = await startNetworks('wasm');
const name = PEER_NAMES.find((known) => known === process.argv[2]);
const { title, cost, run } = name ? await peer(name, readWeights) : ourselves(networks);
process.on('message', (size: number) => void run(size).then(send));
process.on('disconnect', () => process.exit());
send({ title, cost } satisfies Ready);
