/**
 * Prints what Dawn's compiler says to the float16 shaders: `node --import tsx cli/testing/shaders-compile.ts`.
 * Dawn's null device needs no GPU, takes every feature, checks shaders in full, and runs nothing.
 */
import { create, globals } from 'webgpu';
import { shadersOf } from '../../app/models/webgpu/pipelines';

/** What the process prints: for each shader what was wrong with it, or nothing. */
export type Complaints = Readonly<Record<string, string>>;

Object.assign(globalThis, globals);
const adapter = await create(['backend=null']).requestAdapter();
const found = await adapter?.requestDevice({ requiredFeatures: ['shader-f16'] });
if (!found) throw new Error('Dawn has no null device');
const device = found;

async function complaint(code: string): Promise<string> {
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ code });
  const pipeline = device.createComputePipelineAsync({ layout: 'auto', compute: { module } });
  const failure = await pipeline.then(() => '', String);
  return (await device.popErrorScope())?.message ?? failure;
}

const complaints: Record<string, string> = {};
for (const [code, label] of shadersOf([16, 32, 64], 'float16')) complaints[label] = await complaint(code);
complaints['wrong on purpose'] = await complaint(
  'enable f16; @compute @workgroup_size(1) fn main() { let x: f16 = 1.0f; }',
);
process.stdout.write(JSON.stringify(complaints), () => process.exit());
