/**
 * What each norm's own step takes, and its share of a whole picture:
 * `npx tsx scripts/measure-norms.ts [--rounds 15] [--backend wasm] [--json]`.
 *
 *     own = compile + applying the edit - applying AdaIN's;  share = own / whole
 *
 * with the whole being encoding, compiling, applying and decoding. In each round every part runs once, one
 * after another, so that a busy machine slows all of them; medians of the rounds are printed. A sample photo
 * and a preset that CIN knows; what is measured depends on their sizes only.
 */
import { fileURLToPath } from 'node:url';
import { dispose } from '@tensorflow/tfjs-core';
import { decode } from '../app/models/decoder';
import { loadPresets } from '../app/models/presets';
import { readWeights, startNetworks } from '../cli/backend';
import { backendOf } from '../cli/option-values';
import { openPicture } from '../cli/pictures';
import { applyEdit } from '../src/norm';
import { compile } from '../src/pipeline/compile';
import { disposeEncoded, encodePhoto } from '../src/pipeline/encoded-picture';
import { NORM_IDS, type Norm } from '../src/pipeline/request';
import { median, option } from './measured';

const ROUNDS = Number(option('--rounds', '15'));
const BACKEND = backendOf(option('--backend', 'wasm'));
const PHOTO = fileURLToPath(new URL('../app/samples/valley.webp', import.meta.url));
const SIZES = [
  { width: 512, height: 512 },
  { width: 768, height: 512 },
];
const NORMS = NORM_IDS.map((id): Norm => (id === 'wct' ? { id, groupSize: 64 } : { id }));

/** A GPU works behind our back: its answer is waited for. */
async function timed<T extends object>(
  into: number[],
  work: () => T | Promise<T>,
  answer: (made: T) => Promise<unknown>,
): Promise<T> {
  const start = performance.now();
  const made = await work();
  await answer(made);
  into.push(performance.now() - start);
  return made;
}

const networks = await startNetworks(BACKEND);
const style = (await loadPresets(readWeights)).find(({ style }) => style.affine)?.style;
if (!style) throw new Error('No preset has a pair of CIN; run training.cin, or take cin out of NORMS.');
const photo = await openPicture(PHOTO);
const nothing = (): Promise<void> => Promise.resolve();

for (const size of SIZES) {
  const pixels = await photo.draw(size);
  const encoding: number[] = [];
  const decoding: number[] = [];
  const compiling = NORMS.map((): number[] => []);
  const applying = NORMS.map((): number[] => []);
  for (let round = -2; round < ROUNDS; round++) {
    if (round === 0) for (const list of [encoding, decoding, ...compiling, ...applying]) list.length = 0; // warm
    const encoded = await timed(
      encoding,
      () => encodePhoto(networks, pixels, {}),
      (made) => made.statistics.mean.data(),
    );
    const features = encoded.tiles[0]?.features;
    if (!features) throw new Error('The picture has no tile.');
    for (const turn of NORMS.keys()) {
      const k = (turn + round + NORMS.length) % NORMS.length; // no norm is always the first
      const norm = NORMS[k];
      if (!norm) continue;
      const edit = await timed(
        compiling[k] ?? [],
        () => compile(networks, norm, encoded.statistics, [{ style, weight: 1 }]),
        ({ bias }) => bias.data(),
      );
      const edited = await timed(
        applying[k] ?? [],
        () => applyEdit(features, edit),
        (made) => made.data(),
      );
      dispose([edit, edited]);
    }
    const output = await timed(
      decoding,
      () => decode(networks.decoder, features, nothing),
      (made) => made.data(),
    );
    output.dispose();
    disposeEncoded(encoded);
  }
  const adain = applying[NORMS.findIndex(({ id }) => id === 'adain')] ?? [];
  const rows = NORMS.map(({ id }, k) => {
    const [compiled, applied] = [compiling[k] ?? [], applying[k] ?? []];
    const own = median(compiled.map((ms, i) => ms + (applied[i] ?? NaN) - (adain[i] ?? NaN)));
    const whole = median(encoding.map((ms, i) => ms + (compiled[i] ?? NaN) + (applied[i] ?? NaN) + (decoding[i] ?? NaN))); // prettier-ignore
    return { norm: id, compile: median(compiled), apply: median(applied), own, whole, share: own / whole };
  });
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({ ...size, backend: BACKEND, rounds: ROUNDS, norms: rows }));
    continue;
  }
  console.log(`${size.width} x ${size.height} px, ${BACKEND}, medians of ${ROUNDS} rounds, ms`);
  console.table(
    rows.map(({ norm, share, ...ms }) => ({
      norm,
      ...Object.fromEntries(Object.entries(ms).map(([name, value]) => [name, Number(value.toFixed(1))])),
      share: `${(100 * share).toFixed(1)} %`,
    })),
  );
}
process.exit(0); // the backend's threads would keep Node alive
