/** Times the passes of one network on the device itself; needs `timestamp-query`. */
export interface Stopwatch {
  readonly around: (pass: number) => GPUComputePassTimestampWrites;
  /** To be recorded after the last pass. */
  readonly stop: (encoder: GPUCommandEncoder, passes: number) => void;
  /** Milliseconds of each pass of the last network. */
  readonly read: () => Promise<readonly number[]>;
}

export function createStopwatch(device: GPUDevice, mostPasses: number): Stopwatch {
  const bytes = mostPasses * 2 * 8; // a beginning and an end of 64 bits each, nanoseconds
  const querySet = device.createQuerySet({ type: 'timestamp', count: 2 * mostPasses });
  const { QUERY_RESOLVE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const resolved = device.createBuffer({ size: bytes, usage: QUERY_RESOLVE | COPY_SRC });
  const readable = device.createBuffer({ size: bytes, usage: COPY_DST | MAP_READ });
  let count = 0;
  return {
    around: (pass) => ({
      querySet,
      beginningOfPassWriteIndex: 2 * pass,
      endOfPassWriteIndex: 2 * pass + 1,
    }),
    stop(encoder, passes) {
      count = passes;
      encoder.resolveQuerySet(querySet, 0, 2 * passes, resolved, 0);
      encoder.copyBufferToBuffer(resolved, 0, readable, 0, 2 * passes * 8);
    },
    async read() {
      await readable.mapAsync(GPUMapMode.READ);
      const times = new BigInt64Array(readable.getMappedRange().slice(0));
      readable.unmap();
      return Array.from(
        { length: count },
        (_, i) => Number((times[2 * i + 1] ?? 0n) - (times[2 * i] ?? 0n)) / 1e6,
      );
    },
  };
}
