import { mkdir, readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { loadPresets } from '../app/models/presets';
import { readWeights, startNetworks } from '../cli/backend';
import { createEngine } from '../src/pipeline/engine';
import { strength } from '../src/pipeline/request';

/** Paints `public/presets/<id>.webp`: one scene of our own in every preset style. Run after each new export. */

const SIDE = 160; // px, twice the size at which the page shows a swatch

const root = new URL('..', import.meta.url);
const scene = await readFile(new URL('scripts/swatch-scene.svg', root));
const folder = new URL('public/presets/', root);
await mkdir(folder, { recursive: true });

const engine = createEngine(await startNetworks('wasm'));
const content = engine.keep({
  size: { width: 256, height: 256 },
  draw: async (size) => {
    const data = await sharp(scene).resize(size.width, size.height).ensureAlpha().raw().toBuffer();
    return { ...size, data: new Uint8ClampedArray(data) };
  },
});
const presets = await loadPresets(readWeights);
for (const { id, style } of presets) {
  const { pixels } = await engine.stylise({
    norm: { id: 'adain' },
    content,
    styles: [{ picture: engine.keepStyle(style), weight: 1 }],
    strength: strength(1),
    contentSize: 0,
    styleSize: 0,
    colour: 'style',
  });
  const { width, height, data } = pixels;
  const webp = sharp(data, { raw: { width, height, channels: 4 } })
    .resize(SIDE, SIDE)
    .webp({ quality: 80 });
  await writeFile(new URL(`${id}.webp`, folder), await webp.toBuffer());
}
console.log(`${presets.length} swatches painted`);
process.exit(0); // the backend's threads would keep Node alive
