import type { RacerName } from './peers';

/** Where races are run, by the names that `--where` takes. */
export const PLACES = {
  'node-wasm': 'Node',
  'node-threads': 'Node',
  'node-webgpu': 'Node',
  'chromium-wasm': 'Chromium',
  'chromium-threads': 'Chromium',
  'chromium-webgpu': 'Chromium',
} as const;

export type PlaceName = keyof typeof PLACES;
export const PLACE_NAMES = Object.keys(PLACES) as PlaceName[]; // its own keys

/** onnxruntime-web has no WebGPU in Node. */
export function runsAt(place: PlaceName, name: RacerName): boolean {
  return !(place === 'node-webgpu' && name === 'onnx');
}
