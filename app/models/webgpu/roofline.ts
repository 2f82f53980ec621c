import { type Dispatch } from './plan';

/** What a device can do at best, by its data sheet or a measured copy and product. */
export interface Device {
  readonly name: string;
  /** Operations a second, in the precision of the products; a multiplication with its addition is two. */
  readonly operations: number;
  /** Bytes a second, to and from its main memory. */
  readonly bytes: number;
}

/** Milliseconds of each layer, measured. */
export type Measured = Readonly<Record<string, number>>;

/** A layer beside the least time the device could take for it. */
export interface RooflineRow {
  readonly layer: string;
  readonly macs: number;
  readonly bytes: number;
  /** Operations a byte. */
  readonly intensity: number;
  /** With a device: what holds the layer back, and the least time. */
  readonly roof?: { readonly bound: 'operations' | 'bytes'; readonly leastMs: number };
  readonly tookMs?: number; // where it was measured
  /** With both: the share of the roof that was reached, 0..1. */
  readonly share?: number;
}

/**
 * Each layer under the roofline (Williams, Waterman and Patterson 2009, "Roofline"):
 *
 *     least time = max(operations / peak operations, bytes / peak bandwidth),   share = least time / time taken
 *
 * Bytes are those no program can do without: each map and each weight once.
 */
export function roofline(
  dispatches: readonly Dispatch[],
  device?: Device,
  measured: Measured = {},
): readonly RooflineRow[] {
  return dispatches.map(({ layer, counts }) => {
    const operations = 2 * counts.macs;
    const bytes = counts.read + counts.written;
    const tookMs = measured[layer];
    const counted = { layer, macs: counts.macs, bytes, intensity: operations / bytes };
    const row = { ...counted, ...(tookMs !== undefined && { tookMs }) };
    if (!device) return row;
    const [compute, memory] = [operations / device.operations, bytes / device.bytes]; // seconds
    const leastMs = 1000 * Math.max(compute, memory);
    const roof = { bound: compute >= memory ? ('operations' as const) : ('bytes' as const), leastMs };
    return { ...row, roof, ...(tookMs !== undefined && { share: leastMs / tookMs }) };
  });
}

/** The rows as a Markdown table, counts by pixel of the picture; what was not measured says so. */
export function rooflineTable(rows: readonly RooflineRow[], pixels: number): string {
  const unknown = 'not measured';
  const body = rows.map(({ layer, macs, bytes, intensity, roof, tookMs, share }) => [
    layer,
    (macs / pixels).toFixed(0),
    (bytes / pixels).toFixed(1),
    intensity.toFixed(0),
    roof ? `${roof.leastMs.toFixed(3)} (${roof.bound})` : unknown,
    tookMs?.toFixed(3) ?? unknown,
    share === undefined ? unknown : `${(100 * share).toFixed(0)} %`,
  ]);
  const head = [
    'layer',
    'MACs a pixel',
    'bytes a pixel',
    'operations a byte',
    'least ms',
    'took ms',
    'of the roof',
  ];
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
