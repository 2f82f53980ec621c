import { basename } from 'node:path';
import { disposeNetworks } from '../app/models/weights';
import { csvOf, numbersLine, paneTitle, type Row } from '../src/pipeline/captions';
import { createEngine, type Source } from '../src/pipeline/engine';
import type { Pixels } from '../src/pipeline/pixels';
import { NORM_IDS, strength, type Request } from '../src/pipeline/request';
import { hasRoomForPhoto } from '../src/pipeline/wall';
import { startNetworks } from './backend';
import type { CompareOptions, PaneWish } from './compare-options';
import type { StyleWish } from './option-values';
import { openPicture, savePicture } from './pictures';
import { makeFolders } from './places';
import { listPresets } from './presets';
import type { Streams } from './reports';
import { normOf } from './stylize';
import { demandCin, keepStyles, openStyles } from './styles';
import { wallPicture } from './wall-picture';
import { writeWhole } from './whole-file';

interface Made extends Row {
  readonly pixels: Pixels;
}

/**
 * One photo by every norm asked for, on one labelled picture, with the numbers of each.
 * @throws BadInput, Stopped
 */
export async function compare(options: CompareOptions, streams: Streams, signal: AbortSignal): Promise<void> {
  const paintings = await openStyles(options.styles, options.styleSize);
  const photo = await openPicture(options.content);
  const networks = await startNetworks(options.backend);
  const engine = createEngine(networks);
  try {
    const { shares, knownToCin } = await keepStyles(engine, paintings);
    const wishes = options.panes ?? allNorms(knownToCin);
    if (wishes.some(({ norm }) => norm.id === 'cin')) demandCin(knownToCin);
    const content = engine.keep(photo);
    const requests = wishes.map((wish): Request => ({
      norm: normOf(wish.norm, networks.channels, 'The group size in --norms'),
      content,
      styles: shares,
      strength: wish.strength,
      contentSize: options.size,
      styleSize: options.styleSize,
      detail: options.detail,
      colour: options.keepColour ? 'lightness' : 'style',
    }));
    const made: Made[] = [];
    for (const request of requests) {
      const { pixels } = await engine.stylise(request, { signal });
      const numbers = await engine.measure(request, { signal });
      made.push({ norm: request.norm, strength: request.strength, numbers, pixels });
      streams.stderr.write(`${paneTitle(request.norm, request.strength)}: ${numbersLine(numbers)}\n`);
    }
    await write(options, made, photo);
    streams.stdout.write(`${[options.out, options.json, options.csv].filter(Boolean).join('\n')}\n`);
  } finally {
    engine.dispose();
    disposeNetworks(networks);
  }
}

function allNorms(knownToCin: boolean): readonly PaneWish[] {
  const ids = NORM_IDS.filter((id) => id !== 'cin' || knownToCin);
  return ids.map((id) => ({ norm: { id }, strength: strength(1) }));
}

async function write(options: CompareOptions, made: readonly Made[], photo: Source): Promise<void> {
  const { content, out, json, csv, backend } = options;
  const nameOf = (style: StyleWish): string => (style.kind === 'file' ? style.path : style.id);
  const styles = options.styles.map((style) => ({ [style.kind]: nameOf(style), weight: style.weight }));
  const named = options.styles.map(nameOf).join(' + ');
  const size = { width: made[0]?.pixels.width ?? 0, height: made[0]?.pixels.height ?? 0 };
  const pictures = made.map(({ norm, strength: share, numbers, pixels }) => ({
    pixels,
    name: paneTitle(norm, share),
    numbers: numbersLine(numbers),
  }));
  if (hasRoomForPhoto(made.length)) {
    pictures.push({ pixels: await photo.draw(size), name: 'Photo', numbers: '' });
  }
  const title = `${basename(content)} in the style of ${await spoken(options.styles)}`;
  const wall = await wallPicture(title, pictures);
  await makeFolders([out, json, csv].flatMap((path) => (path === undefined ? [] : [{ content, out: path }])));
  await savePicture(wall, out);
  if (json !== undefined) {
    const panes = made.map(
      ({ norm, strength: share, numbers: { style, content: lost, identity, ...rest } }) => ({
        norm: norm.id,
        ...(norm.id === 'wct' && { groupSize: norm.groupSize }),
        strength: share,
        styleDistance: style,
        contentDistance: lost,
        identityError: identity,
        ...rest,
      }),
    );
    const all = { content, styles, ...size, backend, panes, differences: differences(made) };
    await writeWhole(json, `${JSON.stringify(all, null, 2)}\n`);
  }
  if (csv !== undefined) {
    await writeWhole(csv, csvOf(made, { photo: content, style: named, ...size, backend }));
  }
}

/** "Claude Monet, Poplars and wave.jpg" */
async function spoken(styles: readonly StyleWish[]): Promise<string> {
  const presets = await listPresets();
  const names = styles.map((style) => {
    if (style.kind === 'file') return basename(style.path);
    const preset = presets.find(({ id }) => id === style.id);
    return preset ? `${preset.artist}, ${preset.title}` : style.id;
  });
  return names.join(' and ');
}

/** Mean absolute difference of the colours of each two panes, 0..255. */
function differences(made: readonly Made[]) {
  return made.flatMap((a, i) =>
    made.slice(i + 1).map((b) => {
      let [sum, count] = [0, 0];
      for (const [at, value] of a.pixels.data.entries()) {
        if (at % 4 === 3) continue; // alpha
        sum += Math.abs(value - (b.pixels.data[at] ?? 0));
        count++;
      }
      return { of: [paneTitle(a.norm, a.strength), paneTitle(b.norm, b.strength)], mean: sum / count };
    }),
  );
}
