import { add, mul, tensor4d, tidy, zerosLike, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Features } from '../../app/models/features';
import type { Networks } from '../../app/models/weights';
import { applyEdit } from '../norm';
import { pause, type Control } from './control';
import { decodeTile, residualOf, type EncodedPicture, type EncodedTile } from './encoded-picture';
import type { Layer } from './looks';
import { cellShares } from './regions';

/**
 * Every tile under the layers, put together.
 *
 *     D(sum over layers of share * edit(features)) + sum over layers of share * (1 - strength + strength * gain) * (photo - D(E(photo)))
 *
 * @param layers  their shares add up to 1 everywhere
 * @param decodes called whenever the decoder runs
 * @returns [H * W * 3], not clipped
 */
export async function render(
  networks: Networks,
  photo: EncodedPicture,
  layers: readonly Layer[],
  control: Control,
  decodes: () => void,
): Promise<Float32Array> {
  const { pixels, tiles } = photo;
  const rgb = new Float32Array(pixels.width * pixels.height * 3);
  const adds = layers.some(({ gain, strength }) => strength < 1 || gain.lightness > 0 || gain.colour > 0);
  const passes = tiles.length + (adds ? tiles.filter(({ residual }) => !residual).length : 0);
  let finished = 0;
  const between = (done: number) => pause(control, 'decoding', (finished + done) / passes);
  for (const tile of tiles) {
    const features = editedFeatures(photo, tile, layers);
    decodes();
    const part = await decodeTile(networks, features, tile, between).finally(() => features.dispose());
    finished++;
    if (adds) {
      const known = tile.residual;
      if (!known) decodes();
      addResidual(part, known ?? (await residualOf(networks, photo, tile, between)), photo, tile, layers);
      if (!known) finished++;
    }
    const { inner } = tile;
    for (let y = 0; y < inner.height; y++) {
      const row = part.subarray(y * inner.width * 3, (y + 1) * inner.width * 3);
      rgb.set(row, ((inner.top + y) * pixels.width + inner.left) * 3);
    }
  }
  return rgb;
}

/** A tile's features under the layers, each by its share of the cells. New. */
export function editedFeatures(
  { pixels }: EncodedPicture,
  { features, outer }: EncodedTile,
  layers: readonly Layer[],
): Features {
  const [, rows, columns] = features.shape;
  return tidy(() => {
    let sum: Features | undefined;
    for (const { edit, shares } of layers) {
      if (!shares) return applyEdit(features, edit);
      const share = cellShares(shares, pixels, outer, rows, columns);
      if (share.every((one) => one === 0)) continue;
      const part = mul<Tensor4D>(applyEdit(features, edit), tensor4d(share, [1, rows, columns, 1]));
      sum = sum ? add<Tensor4D>(sum, part) : part;
    }
    return sum ?? zerosLike(features);
  });
}

/**
 * What the decoder loses of the photo comes back: all of it as far as the photo shows through, the layers'
 * gain of it elsewhere.
 */
function addResidual(
  part: Float32Array,
  residual: Float32Array,
  { pixels: { width } }: EncodedPicture,
  { inner }: EncodedTile,
  layers: readonly Layer[],
): void {
  for (let y = 0, i = 0; y < inner.height; y++) {
    let p = (inner.top + y) * width + inner.left;
    for (let x = 0; x < inner.width; x++, p++, i += 3) {
      let through = 0;
      let lightness = 0;
      let colour = 0;
      for (const { gain, strength, shares } of layers) {
        const share = shares ? (shares[p] ?? 0) : 1;
        through += share * (1 - strength);
        lightness += share * strength * gain.lightness;
        colour += share * strength * gain.colour;
      }
      const [r = 0, g = 0, b = 0] = [residual[i], residual[i + 1], residual[i + 2]];
      const light = ((lightness - colour) * (r + g + b)) / 3;
      for (let c = 0; c < 3; c++) {
        part[i + c] = (part[i + c] ?? 0) + (through + colour) * (residual[i + c] ?? 0) + light;
      }
    }
  }
}
