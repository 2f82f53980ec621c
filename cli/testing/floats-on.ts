/**
 * Prints what a backend makes of one small picture in every norm, in floats before they become bytes:
 * `node --import tsx cli/testing/floats-on.ts BACKEND`. A process of its own, because Dawn and wasm threads
 * are set up once in a process.
 */
import { getBackend } from '@tensorflow/tfjs-core';
import os from 'node:os';
import { syncBuiltinESMExports } from 'node:module';
import { compile } from '../../src/pipeline/compile';
import { decodeTile, encodePicture, residualOf } from '../../src/pipeline/encoded-picture';
import { DETAIL, type Norm } from '../../src/pipeline/request';
import { applyEdit, atStrength } from '../../src/norm';
import type { CliBackend } from '../option-values';
import { painting, photo } from './draw';

/** What the process prints. */
export interface Floats {
  readonly backend: string;
  readonly threads: number;
  /** By case, the bytes of the Float32Array [64 * 64 * 3] in base64. */
  readonly pictures: Readonly<Record<string, string>>;
}

const NORMS: readonly Norm[] = [
  { id: 'adain' },
  { id: 'wct', groupSize: 64 },
  { id: 'wct', groupSize: 16 },
  { id: 'din' },
];

async function floatsOn(backend: CliBackend): Promise<Floats> {
  const { startNetworks } = await import('../backend');
  const networks = await startNetworks(backend);
  const content = await encodePicture(networks, photo(64, 64), {});
  const style = await encodePicture(networks, painting(64, 64), {});
  const [tile] = content.tiles;
  if (!tile) throw new Error('a 64 px picture is one tile');
  const go = async () => undefined;
  const residual = await residualOf(networks, content, tile, go);
  const pictures: Record<string, string> = {};
  for (const norm of NORMS) {
    const full = await compile(networks, norm, content.statistics, [{ style, weight: 1 }]);
    for (const alpha of [1, 0.6]) {
      const features = applyEdit(tile.features, atStrength(full, alpha));
      const rgb = (await decodeTile(networks, features, tile, go)).map(
        (v, i) => v + (1 - alpha + alpha * DETAIL) * (residual[i] ?? 0),
      );
      const name = `${norm.id}${norm.id === 'wct' ? ` ${norm.groupSize}` : ''} at strength ${alpha}`;
      pictures[name] = Buffer.from(rgb.buffer).toString('base64');
    }
  }
  const threads = backend === 'wasm' ? (await import('@tensorflow/tfjs-backend-wasm')).getThreadsCount() : 1;
  return { backend: getBackend(), threads, pictures };
}

const [name = ''] = process.argv.slice(2);
if (name === 'wasm threads') pretendProcessors(4);
if (name === 'wasm') pretendProcessors(1);
const floats = await floatsOn(name.split(' ')[0] as CliBackend); // the test's own words
process.stdout.write(JSON.stringify(floats), () => process.exit());

/** tfjs asks the system how many processors there are; the answer is made up, so that any machine tests both. */
function pretendProcessors(count: number): void {
  const [one] = os.cpus();
  os.cpus = () => (one ? Array.from({ length: count }, () => one) : []);
  os.availableParallelism = () => count;
  syncBuiltinESMExports();
}
