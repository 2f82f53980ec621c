import type { MapSize, Widths } from '../kernels';
import { networkLayers, type NetworkLayer, type NetworkName, type Place } from './network';
import { bytesOf, matricesOf, programOf, tileOf, type Precision, type Program } from './program';

/** One layer of a network on a picture of one size. */
export interface Dispatch {
  readonly layer: string;
  readonly program: Program;
  readonly from: Place;
  readonly to: Place;
  readonly input: MapSize;
  /** What the invocations cover: the output, or, of an upsampling, one parity of it. */
  readonly cells: MapSize;
  /** Workgroups. */
  readonly grid: readonly [x: number, y: number, z: number];
  readonly counts: Counts;
}

/** What a dispatch cannot do without, whatever the device; and what its workgroups ask for. */
export interface Counts {
  readonly macs: number;
  /** Bytes, each map and each weight once. */
  readonly read: number;
  readonly written: number;
  /** Bytes all workgroups load: overlaps of their tiles, and the input again for each block of channels. */
  readonly loaded: number;
}

export interface Plan {
  readonly network: NetworkName;
  readonly dispatches: readonly Dispatch[];
  /** Bytes that the two scratch buffers need. */
  readonly scratch: Readonly<Record<'ping' | 'pong', number>>;
}

/**
 * A network as a list of dispatches, without a device.
 * @param size of the picture, multiples of 4, at least 8
 */
export function planOf(network: NetworkName, widths: Widths, size: MapSize, precision: Precision): Plan {
  const layers = networkLayers(network, widths);
  const dispatches = layers.map((layer) => dispatchOf(layer, size, precision));
  const scratch = (place: 'ping' | 'pong'): number =>
    Math.max(...dispatches.filter(({ to }) => to === place).map(({ counts }) => counts.written));
  return { network, dispatches, scratch: { ping: scratch('ping'), pong: scratch('pong') } };
}

function dispatchOf(layer: NetworkLayer, size: MapSize, precision: Precision): Dispatch {
  const program = programOf(layer, precision);
  const { threads, rows, blocks, phases, vectors, taps } = program;
  const at = (scale: number): MapSize => ({ height: size.height / scale, width: size.width / scale });
  const [input, output] = [at(layer.scales[0]), at(layer.scales[1])];
  const cells = layer.kind === 'up' ? input : output;
  const grid = [
    Math.ceil(cells.width / threads[0]),
    Math.ceil(cells.height / (threads[1] * rows)),
    (phases * vectors[1]) / blocks,
  ] as const;

  const [from, to] = layer.channels;
  const area = ({ height, width }: MapSize): number => height * width;
  const inputPixel = bytesOf(program.input, from);
  const matrixBytes = precision === 'float16' ? 32 : 64;
  const weights = matricesOf(program) * matrixBytes + vectors[1] * 16;
  const [tileRows, tileColumns] = tileOf(program);
  const groups = grid[0] * grid[1] * grid[2];
  const counts = {
    macs: area(output) * taps * taps * from * to,
    read: area(input) * inputPixel + weights,
    written: area(output) * bytesOf(program.output, to),
    loaded: groups * (tileRows * tileColumns * inputPixel + weights / grid[2]),
  };
  return { layer: layer.name, program, from: layer.from, to: layer.to, input, cells, grid, counts };
}

/** Multiplications in one command buffer: a driver may end one that takes seconds. */
const MACS_A_SUBMISSION = 4e9;

/** Dispatches in order, in as few pieces as keep each piece short; a large layer is a piece of its own. */
export function submissionsOf({ dispatches }: Plan): readonly (readonly Dispatch[])[] {
  const pieces: Dispatch[][] = [];
  let room = 0;
  for (const dispatch of dispatches) {
    room -= dispatch.counts.macs;
    if (room < 0 || pieces.length === 0) {
      pieces.push([]);
      room = MACS_A_SUBMISSION - dispatch.counts.macs;
    }
    pieces.at(-1)?.push(dispatch);
  }
  return pieces;
}

export function totalOf(dispatches: readonly Dispatch[]): Counts {
  const sum = (pick: (counts: Counts) => number): number =>
    dispatches.reduce((total, { counts }) => total + pick(counts), 0);
  return {
    macs: sum(({ macs }) => macs),
    read: sum(({ read }) => read),
    written: sum(({ written }) => written),
    loaded: sum(({ loaded }) => loaded),
  };
}
