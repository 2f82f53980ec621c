import { expect, it } from 'vitest';
import type { Complaints } from '../../../cli/testing/shaders-compile';
import { ended, start } from '../../../cli/testing/spawned';
import { shadersOf } from './pipelines';

it("[KC1] every float16 shader passes Dawn's compiler, which refuses one that mixes its types", async () => {
  const { code, stdout, stderr } = await ended(start('cli/testing/shaders-compile.ts', []));
  if (code !== 0) throw new Error(`the process ended with ${code}: ${stderr}`);
  const { 'wrong on purpose': wrong, ...ours } = JSON.parse(stdout) as Complaints; // our own script's
  expect(wrong).toContain('f16');
  expect(Object.values(ours).filter(Boolean)).toEqual([]);
  expect(Object.keys(ours)).toHaveLength(12); // 11 layers, conv2 of both networks alike; 2 packers
});

it('[KC2] no float32 shader asks for float16', () => {
  const texts = [...shadersOf([16, 32, 64], 'float32').keys()];
  expect(texts.filter((text) => text.includes('f16'))).toEqual([]);
});
