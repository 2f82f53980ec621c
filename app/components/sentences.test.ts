import { expect, it } from 'vitest';
import type { Because } from '../../src/pipeline/choose-backend';
import type { Failure } from '../../src/pipeline/failure';
import { backendWords, failureWords } from './sentences';

const FAILURES: readonly Failure[] = [
  { code: 'no-backend', reason: 'WebAssembly did not start' },
  { code: 'gpu-lost', reason: 'driver reset' },
  { code: 'weights-unreachable', file: 'encoder.bin' },
  { code: 'weights-unreachable', file: 'presets/monet-water-lilies.bin' },
  { code: 'weights-unreachable', file: 'din.bin' },
  { code: 'weights-damaged', file: 'encoder.bin', reason: 'sha256' },
  { code: 'picture-too-large', pixels: 60e6, limit: 50e6 },
  { code: 'picture-unreadable', name: 'letter.jpg' },
  { code: 'picture-unreadable', name: 'half.jpg', why: 'damaged' },
  { code: 'picture-unreadable', name: 'phone.heic', why: 'heic' },
  { code: 'picture-forgotten' },
  { code: 'style-has-no-cin' },
  { code: 'out-of-memory' },
  { code: 'cancelled' },
  { code: 'bug', message: 'x is not a function' },
];

it('every failure has a sentence of its own, and one for what to do next', () => {
  const words = FAILURES.map(failureWords);
  expect(new Set(words.map(({ what }) => what)).size).toBe(FAILURES.length);
  for (const { what, next } of words) {
    expect(what).toMatch(/^[A-Z“].+\.$/s);
    expect(next).toMatch(/^[A-Z].+\.$/s);
  }
});

it('numbers are said in units people use', () => {
  expect(failureWords({ code: 'picture-too-large', pixels: 60e6, limit: 50e6 }).what).toBe(
    'At this size the picture has 60 megapixels; 50 megapixels is the most.',
  );
});

it('a damaged picture is not taken for one of another kind', () => {
  const words = (why: 'damaged' | 'heic') => {
    const { what, next } = failureWords({ code: 'picture-unreadable', name: 'a.jpg', why });
    return `${what} ${next}`;
  };
  expect(words('damaged')).toBe('“a.jpg” is damaged or incomplete. Use another copy.');
  expect(words('heic')).toBe(
    '“a.jpg” is a HEIC picture, which this browser cannot open. Export it as JPEG first.',
  );
});

it('every reason for a backend has a sentence', () => {
  const timings = { device: 'x', webgpuMs: 12.3, wasmMs: 80 };
  const reasons: readonly Because[] = [
    { code: 'asked' },
    { code: 'asked-in-vain' },
    { code: 'no-api' },
    { code: 'no-adapter' },
    { code: 'no-device' },
    { code: 'software-gpu', name: 'llvmpipe' },
    { code: 'faster', timings },
    { code: 'gpu-failed' },
  ];
  const words = reasons.map((because) => backendWords({ running: 'wasm', because, threads: 4 }));
  expect(new Set(words).size).toBe(reasons.length);
  for (const sentence of words) expect(sentence).toMatch(/^Runs on WebAssembly on 4 threads.*\.$/);
});
