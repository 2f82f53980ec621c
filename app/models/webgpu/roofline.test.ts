import { describe, expect, it } from 'vitest';
import { planOf } from './plan';
import { roofline, rooflineTable } from './roofline';

const { dispatches } = planOf('encoder', [16, 32, 64], { height: 64, width: 64 }, 'float32');
const conv2 = dispatches.filter(({ layer }) => layer === 'conv2');
// 32 x 32 cells, 9 taps, 32 to 32 channels; both maps in float32, the weights and the bias.
const OPERATIONS = 2 * 32 * 32 * 9 * 32 * 32;
const BYTES = 2 * (32 * 32 * 32 * 4) + 9 * 32 * 32 * 4 + 32 * 4;

describe('the roofline', () => {
  it('[RL1] is the slower of operations and bytes', () => {
    const slowSums = roofline(conv2, { name: 'a', operations: OPERATIONS, bytes: 2 * BYTES });
    expect(slowSums[0]?.roof).toEqual({ bound: 'operations', leastMs: 1000 });
    const slowMemory = roofline(conv2, { name: 'b', operations: 2 * OPERATIONS, bytes: BYTES / 3 });
    expect(slowMemory[0]?.roof).toEqual({ bound: 'bytes', leastMs: 3000 });
  });

  it('[RL2] says which share of it was reached, where a time was measured', () => {
    const device = { name: 'a', operations: OPERATIONS, bytes: 2 * BYTES };
    expect(roofline(conv2, device, { conv2: 4000 })[0]).toMatchObject({ tookMs: 4000, share: 0.25 });
    expect(roofline(conv2, device, { conv1: 4000 })[0]).not.toHaveProperty('share');
  });

  it('[RL3] reads "not measured" without a device and times', () => {
    const table = rooflineTable(roofline(dispatches), 64 * 64).split('\n');
    expect(table).toHaveLength(2 + 5);
    for (const row of table.slice(2)) expect(row.match(/not measured/g)).toHaveLength(3);
    const device = { name: 'a', operations: OPERATIONS, bytes: BYTES };
    expect(rooflineTable(roofline(conv2, device, { conv2: 2000 }), 64 * 64)).toContain('50 %');
  });
});
