import { dispose as disposeTensors } from '@tensorflow/tfjs-core';
import { mapLevels, type Levels } from '../../app/models/levels';
import type { Networks } from '../../app/models/weights';
import { applyEdit, atStrength, disposeEdit, type FeatureEdit } from '../norm';
import { pause, type Control } from './control';
import { decodeTile, residualOf, type EncodedPicture } from './encoded-picture';

/**
 * Every tile under the edits, at a strength, put together.
 * @param full    edits at full strength, left alive
 * @param alpha   strength, 0..1; below 1 what the decoder loses of the photo is added back
 * @param decodes called whenever the decoder runs
 * @returns [H * W * 3], not clipped
 */
export async function render(
  networks: Networks,
  photo: EncodedPicture,
  full: Levels<FeatureEdit>,
  alpha: number,
  control: Control,
  decodes: () => void,
): Promise<Float32Array> {
  const { pixels, tiles } = photo;
  const rgb = new Float32Array(pixels.width * pixels.height * 3);
  const passes = tiles.length * (alpha < 1 ? 2 : 1);
  const edits = mapLevels(full, (edit) => atStrength(edit, alpha));
  try {
    let finished = 0;
    const between = (done: number) => pause(control, 'decoding', (finished + done) / passes);
    for (const tile of tiles) {
      const features = mapLevels(tile.features, (map, level) => applyEdit(map, edits[level]));
      decodes();
      const part = await decodeTile(networks, features, tile, between).finally(() =>
        disposeTensors(features),
      );
      finished++;
      if (alpha < 1) {
        if (!tile.residual) decodes();
        const residual = await residualOf(networks, photo, tile, between);
        for (let i = 0; i < part.length; i++) part[i] = (part[i] ?? 0) + (1 - alpha) * (residual[i] ?? 0);
        finished++;
      }
      const { inner } = tile;
      for (let y = 0; y < inner.height; y++) {
        const row = part.subarray(y * inner.width * 3, (y + 1) * inner.width * 3);
        rgb.set(row, ((inner.top + y) * pixels.width + inner.left) * 3);
      }
    }
  } finally {
    mapLevels(edits, disposeEdit);
  }
  return rgb;
}
