import type { ReadFile } from '../app/models/weights-file';
import { costOf } from './count';
import type { BenchBackend } from './device';
import { onnxModel } from './onnx';
import { PEERS } from './peers';
import { onPixels, type Racer } from './racers';
import { stopwatch } from './stopwatch';
import { trainedWeights } from './weights';

export type OnnxRuntime = typeof import('onnxruntime-web');

/**
 * Our network in onnxruntime-web: an ONNX file of the weights that ship, made here. Tensors need some tfjs
 * backend while it is made.
 * @param read gives a file of `public/weights/`
 */
export async function onnxPeer(
  { env, InferenceSession, Tensor }: OnnxRuntime,
  { backend, threads, read }: { backend: BenchBackend; threads: number; read: ReadFile },
): Promise<Racer> {
  const { title, steps } = PEERS.onnx;
  const trained = await trainedWeights(read);
  const model = await onnxModel(steps, trained.source);
  trained.dispose();
  env.wasm.numThreads = threads;
  env.webgpu.powerPreference = 'high-performance'; // the GPU that ours asks for
  const session = await InferenceSession.create(model, {
    executionProviders: [backend],
    logSeverityLevel: 3,
  });
  return {
    name: 'onnx',
    title,
    cost: costOf(steps),
    dispose: () => void session.release(),
    run: onPixels(async (pixels) => {
      const input = new Tensor('float32', await pixels.data<'float32'>(), pixels.shape);
      const passed = stopwatch();
      const [picture] = Object.values(await session.run({ pixels: input }));
      await picture?.getData();
      return passed();
    }),
  };
}
