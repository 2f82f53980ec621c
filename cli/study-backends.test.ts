import { beforeAll, describe, expect, test } from 'vitest';
import { softwareGpu } from './testing/software-gpu';
import { ended, start } from './testing/spawned';
import type { Studied } from './testing/study-on';

/** Of a number; measured: 1.1e-4. Results are encoded again from bytes, and a byte may round the other way. */
const SHARE = 1e-3;
/** Root mean square difference of all channels over their root mean square; measured: 1.7e-4. */
const CHANNELS_SHARE = 1e-3;
const MINUTES = 60_000;

async function studyOn(backend: string, env: NodeJS.ProcessEnv = {}): Promise<Studied> {
  const { code, stdout, stderr } = await ended(start('cli/testing/study-on.ts', [backend], env));
  if (code !== 0) throw new Error(`${backend} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as Studied; // our own script's
}

const size = (values: readonly number[]): number => Math.hypot(...values);

function expectAgreement(studied: Studied, reference: Studied): void {
  expect(Object.keys(studied.numbers)).toEqual(['in', 'cin', 'adain', 'wct 64', 'wct 16', 'din']);
  for (const [norm, numbers] of Object.entries(studied.numbers)) {
    for (const key of ['style', 'content', 'identity'] as const) {
      const want = reference.numbers[norm]?.[key] ?? NaN;
      expect(want, `${norm} ${key}`).toBeGreaterThan(0);
      expect(Math.abs(numbers[key] / want - 1), `${norm} ${key}`).toBeLessThan(SHARE);
    }
  }
  expect(Object.keys(studied.channels)).toHaveLength(2 * 4); // norms, subjects
  for (const [name, channels] of Object.entries(studied.channels)) {
    for (const key of ['mean', 'std', 'correlation'] as const) {
      const want = reference.channels[name]?.[key] ?? [];
      const apart = channels[key].map((v, i) => v - (want[i] ?? NaN));
      expect(size(apart) / size(want), `${name} ${key}`).toBeLessThan(CHANNELS_SHARE);
    }
  }
}

describe("compare's numbers and what a norm did to the channels are those of wasm", () => {
  let reference: Studied;

  beforeAll(async () => {
    reference = await studyOn('wasm');
  }, MINUTES);

  test('on cpu', { timeout: 3 * MINUTES }, async () => {
    const studied = await studyOn('cpu');
    expect(studied.backend).toBe('cpu');
    expectAgreement(studied, reference);
  });

  test('on webgpu, a software adapter', { timeout: 8 * MINUTES }, async ({ skip }) => {
    const gpu = softwareGpu();
    skip(!gpu, 'no Chromium with SwiftShader and a Vulkan loader was found (set CHROMIUM_PATH)');
    const studied = await studyOn('webgpu', gpu);
    expect(studied.backend).toBe('webgpu');
    expectAgreement(studied, reference);
  });
});
