import { expect, it } from 'vitest';
import { chooseBackend, deviceName, type Probe, type Timings } from './choose-backend';

const hardware: Probe = { gpu: { kind: 'hardware', name: 'apple metal-3' }, threads: 8 };
const software: Probe = { gpu: { kind: 'software', name: 'google swiftshader' }, threads: 2 };
const none: Probe = { gpu: { kind: 'none', why: 'no-adapter' }, threads: 4 };
const measured = (webgpuMs: number, wasmMs: number, probe = hardware): Timings => ({
  device: deviceName(probe),
  webgpuMs,
  wasmMs,
});

it('a software GPU is passed over', () => {
  expect(chooseBackend('auto', software)).toEqual({
    kind: 'use',
    backend: 'wasm',
    because: { code: 'software-gpu', name: 'google swiftshader' },
  });
});

it('a software GPU runs when it is asked for', () => {
  expect(chooseBackend('webgpu', software)).toEqual({
    kind: 'use',
    backend: 'webgpu',
    because: { code: 'asked' },
  });
});

it('without a GPU wasm runs, and says what is missing', () => {
  expect(chooseBackend('auto', none)).toMatchObject({ backend: 'wasm', because: { code: 'no-adapter' } });
  expect(chooseBackend('webgpu', none)).toMatchObject({
    backend: 'wasm',
    because: { code: 'asked-in-vain' },
  });
});

it('a device that was never measured is measured', () => {
  expect(chooseBackend('auto', hardware)).toEqual({ kind: 'time-both' });
});

it('the faster of two remembered times wins, on a GPU or not', () => {
  expect(chooseBackend('auto', hardware, measured(20, 200))).toMatchObject({ backend: 'webgpu' });
  expect(chooseBackend('auto', hardware, measured(200, 20))).toMatchObject({ backend: 'wasm' });
});

it('times of another device, or of another number of threads, do not count', () => {
  const elsewhere = { ...hardware, threads: 1 };
  expect(chooseBackend('auto', hardware, measured(20, 200, elsewhere))).toEqual({ kind: 'time-both' });
});

it('wasm, when asked for, runs whatever there is', () => {
  expect(chooseBackend('wasm', hardware, measured(1, 999))).toMatchObject({
    backend: 'wasm',
    because: { code: 'asked' },
  });
});
