import { beforeAll, describe, expect, it } from 'vitest';
import type { KernelReport } from '../../../cli/testing/kernels-on-gpu';
import { softwareGpu } from '../../../cli/testing/software-gpu';
import { ended, start } from '../../../cli/testing/spawned';

/** A GPU in software, which computes in float32 only. */
const gpu = softwareGpu();
const MINUTES = 60_000;

describe.skipIf(!gpu)('the kernels, on a device', () => {
  let report: KernelReport;

  beforeAll(async () => {
    const { code, stdout, stderr } = await ended(start('cli/testing/kernels-on-gpu.ts', [], gpu));
    if (code !== 0) throw new Error(`the process ended with ${code}: ${stderr}`);
    report = JSON.parse(stdout) as KernelReport; // our own script's
  }, 8 * MINUTES);

  it('[KG1] give what the layers give as tfjs operations, at sizes and widths that fill no tile', () => {
    const limit = report.precision === 'float16' ? 1e-2 : 1e-5; // float32 sums in another order
    expect(report.agreements).toHaveLength(5);
    for (const { of, features, pixels } of report.agreements) {
      for (const difference of [features, pixels]) expect(difference, of).toBeLessThan(limit);
    }
  });

  it('[KG2] are what runs: one kernel a network', () => {
    const { encoder, decoder, runs } = report.kernels;
    expect([encoder, decoder]).toEqual([runs, runs]);
  });

  it('[KG3] hold neither more tensors nor more bytes after more runs, nor after new weights', () => {
    const [first, repeated, replaced] = report.held;
    expect(repeated).toEqual(first);
    expect(replaced).toEqual(first);
  });

  it('[KG4] stop ahead of a network when told to, leaving nothing', () => {
    expect(report.stopped).toBe(true);
  });
});
