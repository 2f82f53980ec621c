import { beforeAll, describe, expect, test } from 'vitest';
import { softwareGpu } from './testing/software-gpu';
import { ended, start } from './testing/spawned';
import type { Floats } from './testing/floats-on';

const MEAN_LIMIT = 1e-3;
const LIMIT = 1e-2;
const MINUTES = 60_000;

async function floatsOn(backend: string, env: NodeJS.ProcessEnv = {}): Promise<Floats> {
  const { code, stdout, stderr } = await ended(start('cli/testing/floats-on.ts', [backend], env));
  if (code !== 0) throw new Error(`${backend} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as Floats; // our own script's
}

function floatsOf(base64: string | undefined): Float32Array {
  const bytes = Buffer.from(base64 ?? '', 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

/** Every norm's picture on both, pixels in 0..1. */
function expectAgreement(floats: Floats, reference: Floats): void {
  expect(Object.keys(floats.pictures)).toHaveLength(8);
  for (const [name, picture] of Object.entries(floats.pictures)) {
    const [a, b] = [floatsOf(picture), floatsOf(reference.pictures[name])];
    const differences = a.map((v, i) => Math.abs(v - (b[i] ?? NaN)));
    expect(a, name).toHaveLength(64 * 64 * 3);
    expect(Math.max(...differences), name).toBeLessThanOrEqual(LIMIT);
    expect(differences.reduce((sum, v) => sum + v, 0) / a.length, name).toBeLessThanOrEqual(MEAN_LIMIT);
    expect(Math.max(...a) - Math.min(...a), name).toBeGreaterThan(0.2); // a picture, not a plain colour
  }
}

/** No GPU and no software one: the reason is told, and the test counts as skipped. */
const gpu = softwareGpu();
const reason = 'no Chromium with SwiftShader and a Vulkan loader was found (set CHROMIUM_PATH)';

describe('every backend paints the same picture as wasm on one thread', () => {
  let reference: Floats;

  beforeAll(async () => {
    reference = await floatsOn('wasm');
    expect(reference).toMatchObject({ backend: 'wasm', threads: 1 });
  });

  test('wasm on two threads', async () => {
    const floats = await floatsOn('wasm threads');
    expect(floats).toMatchObject({ backend: 'wasm', threads: 2 });
    expectAgreement(floats, reference);
  });

  test('cpu', { timeout: 5 * MINUTES }, async () => {
    const floats = await floatsOn('cpu');
    expect(floats.backend).toBe('cpu');
    expectAgreement(floats, reference);
  });

  test('webgpu', { timeout: 8 * MINUTES }, async ({ skip }) => {
    skip(!gpu, reason);
    const floats = await floatsOn('webgpu', gpu);
    expect(floats.backend).toBe('webgpu');
    expectAgreement(floats, reference);
  });
});
