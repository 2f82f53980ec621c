import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { loadPresets } from '../app/models/presets';
import { readWeights, startNetworks } from '../cli/backend';
import { openPicture } from '../cli/pictures';
import { createEngine } from '../src/pipeline/engine';
import { strength } from '../src/pipeline/request';

/** Paints `docs/example.webp`, the README's picture: a drawn landscape and five presets. Run after each new export. */

const PHOTO = fileURLToPath(new URL('../app/samples/valley.webp', import.meta.url));
const PRESETS = /^(gogh|monet-the-needle|hokusai|ekster|twachtman)/;
const [WIDTH, HEIGHT, GAP] = [480, 320, 6]; // px, of one picture in the grid

const engine = createEngine(await startNetworks('wasm'));
const photo = await openPicture(PHOTO);
const content = engine.keep(photo);
const cells = [await sharp(await readFile(PHOTO)).toBuffer()];
for (const { id, style } of await loadPresets(readWeights)) {
  if (!PRESETS.test(id)) continue;
  const { pixels } = await engine.stylise({
    norm: { id: 'adain' },
    content,
    styles: [{ picture: engine.keepStyle(style), weight: 1 }],
    strength: strength(1),
    contentSize: 640,
    styleSize: 0,
    colour: 'style',
  });
  const { width, height, data } = pixels;
  cells.push(
    await sharp(data, { raw: { width, height, channels: 4 } })
      .png()
      .toBuffer(),
  );
}
const squares = await Promise.all(cells.map((cell) => sharp(cell).resize(WIDTH, HEIGHT).png().toBuffer()));
await sharp({
  create: { width: 3 * WIDTH + 2 * GAP, height: 2 * HEIGHT + GAP, channels: 3, background: '#fff' },
})
  .composite(
    squares.map((input, i) => ({
      input,
      left: (i % 3) * (WIDTH + GAP),
      top: Math.floor(i / 3) * (HEIGHT + GAP),
    })),
  )
  .webp({ quality: 88 })
  .toFile(fileURLToPath(new URL('../docs/example.webp', import.meta.url)));
console.log('docs/example.webp painted');
process.exit(0); // the backend's threads would keep Node alive
