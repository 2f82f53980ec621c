import { dispose, io, tensor, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';
import { WeightsError } from './weights-file';

/**
 * The tensors of one file. A large kernel is stored in 8 bits, and `<layer>/scale` [out] multiplies its output
 * channels, which are last (symmetric per-channel quantisation; Krishnamoorthi 2018, section 2.1).
 *
 * @param specs what the manifest says of the file
 * @returns float32 tensors that the caller owns, by name; the scales are gone
 * @throws WeightsError 'damaged' for a scale of no kernel, or of another number of channels
 */
export function decodeWeights(
  bytes: Uint8Array<ArrayBuffer>,
  specs: io.WeightsManifestEntry[],
): NamedTensorMap {
  const stored = io.decodeWeights(bytes.slice().buffer, specs);
  const isScale = (name: string): boolean => name.endsWith('/scale');
  const entries = Object.entries(stored);
  const tensors: NamedTensorMap = Object.fromEntries(entries.filter(([name]) => !isScale(name)));
  for (const [name, scale] of entries.filter(([name]) => isScale(name))) {
    const kernelName = name.replace(/scale$/, 'kernel');
    const kernel = stored[kernelName];
    if (kernel?.shape.at(-1) !== scale.size) {
      dispose({ ...stored, ...tensors });
      throw new WeightsError('damaged', name, `${kernelName} has not its ${scale.size} channels`);
    }
    tensors[kernelName] = multiplied(kernel, scale);
    dispose([kernel, scale]);
  }
  return tensors;
}

/** kernel [..., out] times scale [out], computed here: a GPU's own numbers cannot be read at once. */
function multiplied(kernel: Tensor, scale: Tensor): Tensor {
  const factors = scale.dataSync<'float32'>();
  const steps = kernel.dataSync<'float32'>();
  const numbers = steps.map((step, i) => step * (factors[i % factors.length] ?? 0));
  return tensor(numbers, kernel.shape);
}
