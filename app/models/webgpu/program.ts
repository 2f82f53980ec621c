import type { NetworkLayer } from './network';

/** What scratch, weights and products are stored and multiplied in. Sums are float32 either way. */
export type Precision = 'float16' | 'float32';

/** How a map lies in memory: four channels to a vector, or a picture's three floats a pixel. */
export type Storage = 'vectors of float16' | 'vectors of float32' | 'three float32';

/**
 * A convolution as it is compiled: everything but the size of the picture. An invocation computes
 * `rows` pixels below each other times `blocks` vectors of four output channels.
 */
export interface Program {
  readonly precision: Precision;
  readonly input: Storage;
  readonly output: Storage;
  readonly taps: 2 | 3; // each way
  readonly stride: 1 | 2;
  readonly phases: 1 | 4; // output parities, of an upsampling
  readonly vectors: readonly [from: number, to: number]; // channels / 4, rounded up
  readonly relu: boolean;
  readonly reluOnInput: boolean;
  readonly threads: readonly [x: number, y: number]; // of a workgroup
  readonly rows: number;
  readonly blocks: number;
  /** Input vectors a pixel that lie in workgroup memory at once. */
  readonly chunk: number;
}

/**
 * Workgroup memory for the input's tile, bytes. Every device gives a group 16,384, but cores share 32 KB or
 * more among their groups: smaller tiles keep more of them in flight.
 */
const TILE_BYTES = 9_000;

export const bytesOf = (storage: Storage, channels: number): number =>
  storage === 'three float32' ? 12 : Math.ceil(channels / 4) * (storage === 'vectors of float16' ? 8 : 16);

/** The program of a layer: its tile from the channels' widths and what fits into workgroup memory. */
export function programOf(layer: NetworkLayer, precision: Precision): Program {
  const { kind, channels, from, to, relu, reluOnInput } = layer;
  const vectors = [Math.ceil(channels[0] / 4), Math.ceil(channels[1] / 4)] as const;
  const storage = (place: NetworkLayer['from']): Storage => {
    if (place === 'pixels') return 'three float32';
    return (place === 'ping' || place === 'pong') && precision === 'float16'
      ? 'vectors of float16'
      : 'vectors of float32';
  };
  const blocks = [4, 2, 1].find((count) => vectors[1] % count === 0) ?? 1;
  const fixed = {
    precision,
    input: storage(from),
    output: storage(to),
    taps: kind === 'up' ? 2 : 3,
    stride: kind === 'down' ? 2 : 1,
    phases: kind === 'up' ? 4 : 1,
    vectors,
    relu,
    reluOnInput,
    threads: [16, 4] as readonly [number, number],
    blocks,
  } as const;
  const choices = (blocks === 1 ? [8, 4, 2] : [4, 2]).flatMap((rows) =>
    [4, 2, 1].filter((chunk) => vectors[0] % chunk === 0).map((chunk) => ({ ...fixed, rows, chunk })),
  );
  const fits = choices.find((choice) => tileBytes(choice) <= TILE_BYTES);
  if (!fits) throw new Error(`no tile of ${layer.name} fits into ${TILE_BYTES} bytes of workgroup memory`);
  return fits;
}

/** Pixels of the input that a workgroup's windows cover. */
export function tileOf({ stride, taps, threads, rows }: Program): readonly [rows: number, columns: number] {
  return [stride * (threads[1] * rows - 1) + taps, stride * (threads[0] - 1) + taps];
}

export function tileBytes(program: Program): number {
  const [rows, columns] = tileOf(program);
  return rows * columns * program.chunk * (program.precision === 'float16' ? 8 : 16);
}

/** Matrices of 4 x 4 weights of a layer, in the order in which they are read. */
export function matricesOf({ phases, taps, vectors }: Program): number {
  return phases * taps * taps * vectors[0] * vectors[1];
}
