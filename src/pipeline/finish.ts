import { keepColour } from './colour';
import type { EncodedPicture } from './encoded-picture';
import type { Library } from './library';
import { isBare, normsOf, type Layer } from './looks';
import { composite, coverage } from './mask';
import { opaque, toPixels, type Pixels } from './pixels';
import { coloursOf, poolColours, recolour, type ColourStatistics } from './recolour';
import type { Request, StyleShare } from './request';

/**
 * Whether the networks have a say in this request at all: with "colours only" and pictures as styles the
 * colours are known without them.
 */
export function needsNetworks(request: Request, library: Library): boolean {
  return (
    request.colour !== 'only' ||
    stylesOf(request).some(({ picture }) => library.isGiven(picture)) ||
    usesIn(request)
  );
}

/**
 * From what the decoder made to the picture: colours as they were asked for, then the photo where nothing
 * was painted.
 * @param rgb [H * W * 3], written over
 */
export async function finish(
  rgb: Float32Array,
  request: Request,
  photo: EncodedPicture,
  layers: readonly Layer[],
  library: Library,
): Promise<Pixels> {
  const { pixels } = photo;
  const movesColours = request.colour === 'recolour' || request.colour === 'only'; // by those that are seen
  if (!movesColours) addHidden(rgb, photo, layers);
  switch (request.colour) {
    case 'style':
      break;
    case 'lightness':
      keepColour(rgb, originalColours(pixels));
      break;
    case 'recolour': // pictures took the photo's colours before they were measured; other styles could not
      if (stylesOf(request).some(({ picture }) => library.isGiven(picture)) || usesIn(request)) {
        recolour(rgb, coloursOf(opaque(pixels)));
      }
      break;
    case 'only':
      await coloursOnly(rgb, request, pixels, layers, library);
      break;
    default:
      return request.colour satisfies never;
  }
  if (movesColours) addHidden(rgb, photo, layers);
  const bare = layers.find(isBare)?.covers;
  if (bare) {
    composite(
      rgb,
      pixels,
      bare.map((share) => 1 - share),
    );
  }
  if (request.mask !== undefined) {
    composite(rgb, pixels, coverage(await library.sourceOf(request.mask).draw(pixels)));
  }
  return toPixels(rgb, pixels);
}

/** As far as the photo shows through, what hides behind its transparency is its own, and not what was filled in. */
function addHidden(
  rgb: Float32Array,
  { pixels: { data }, fill }: EncodedPicture,
  layers: readonly Layer[],
): void {
  for (let p = 0; p < rgb.length / 3; p++) {
    const alpha = (data[4 * p + 3] ?? 0) / 255;
    if (alpha === 1) continue;
    let through = 0;
    for (const { strength, shares } of layers) through += (shares ? (shares[p] ?? 0) : 1) * (1 - strength);
    for (let c = 0; c < 3; c++) {
      const own = (data[4 * p + c] ?? 0) / 255 - (fill[c] ?? 0);
      rgb[3 * p + c] = (rgb[3 * p + c] ?? 0) + through * (1 - alpha) * own;
    }
  }
}

/** The photo in the styles' colours, layer by layer, in place of what the networks made. */
async function coloursOnly(
  rgb: Float32Array,
  request: Request,
  pixels: Pixels,
  layers: readonly Layer[],
  library: Library,
): Promise<void> {
  const painted = rgb.slice();
  const original = opaque(pixels);
  rgb.fill(0);
  for (const { styles, shares, covers = shares, strength } of layers) {
    const part = original.slice();
    if (strength > 0) {
      const known = usesIn(request) ? null : await knownColours(styles, library);
      recolour(part, known ?? coloursOf(painted, covers), known ? strength : 1, covers);
    }
    for (let i = 0; i < rgb.length; i++) {
      const share = shares ? (shares[Math.floor(i / 3)] ?? 0) : 1;
      rgb[i] = (rgb[i] ?? 0) + share * (part[i] ?? 0);
    }
  }
}

/** Colours of styles that are pictures; null when one of them is statistics only. */
async function knownColours(
  styles: readonly StyleShare[],
  library: Library,
): Promise<ColourStatistics | null> {
  if (styles.length === 0 || styles.some(({ picture }) => library.isGiven(picture))) return null;
  const parts: { colours: ColourStatistics; weight: number }[] = [];
  for (const { picture, weight } of styles) parts.push({ colours: await library.coloursOf(picture), weight });
  return poolColours(parts);
}

export function stylesOf({ styles, regions = [], unpainted }: Request): readonly StyleShare[] {
  const painted = regions.flatMap((region) => region.styles);
  return regions.length > 0 && unpainted !== 'styles' ? painted : [...styles, ...painted];
}

function usesIn(request: Request): boolean {
  return normsOf(request).some(({ norm }) => norm.id === 'in');
}

function originalColours({ data }: Pixels): Float32Array {
  const rgb = new Float32Array((data.length / 4) * 3);
  for (let i = 0, o = 0; i < data.length; i += 4, o += 3) {
    for (let c = 0; c < 3; c++) rgb[o + c] = (data[i + c] ?? 0) / 255;
  }
  return rgb;
}
