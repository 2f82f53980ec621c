import type { Precision } from './program';

export const PACK_THREADS = 64;

/**
 * The shader that lays a kernel [taps, taps, in, out] of float32 out as 4 x 4 matrices in the order in which
 * `convolve-wgsl.ts` reads them: [group of output channels, in / 4, row, column, block], a matrix's columns
 * being input channels and its rows output channels. Channels that do not fill a vector are filled with 0.
 * A bias is a kernel of one tap and one input channel of which one column is wanted: [out / 4] vectors.
 *
 * Bindings: 0 shape, 1 from, 2 to.
 */
export function packWgsl(to: Precision, what: 'kernel' | 'bias'): string {
  return `${to === 'float16' ? 'enable f16;\n' : ''}
struct Shape { taps: u32, inputs: u32, outputs: u32, blocks: u32, start: u32, count: u32 } // start and count in vectors

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> source: array<f32>;
@group(0) @binding(2) var<storage, read_write> result: array<vec4<${to === 'float16' ? 'f16' : 'f32'}>>;

fn value(row: u32, to: u32) -> f32 {
  if (to >= shape.outputs) { return 0; }
  return source[row * shape.outputs + to];
}

@compute @workgroup_size(${PACK_THREADS})
fn main(@builtin(global_invocation_id) id: vec3u) {
  var rest = id.x;
  if (rest >= shape.count) { return; }
  ${what === 'kernel' ? KERNEL : BIAS}
  let packed = vec4f(value(row, to), value(row, to + 1), value(row, to + 2), value(row, to + 3));
  result[shape.start + id.x] = ${to === 'float16' ? 'vec4<f16>(packed)' : 'packed'};
}
`;
}

const BIAS = `let row = 0u;
  let to = rest * 4;`;

const KERNEL = `let column = rest % 4; rest /= 4;
  let block = rest % shape.blocks; rest /= shape.blocks;
  let tap = rest % (shape.taps * shape.taps); rest /= shape.taps * shape.taps;
  let parts = (shape.inputs + 3) / 4;
  let input = rest % parts * 4 + column; rest /= parts;
  let to = (rest * shape.blocks + block) * 4;
  if (input >= shape.inputs) { return; } // new buffers are 0
  let row = tap * shape.inputs + input;`;
