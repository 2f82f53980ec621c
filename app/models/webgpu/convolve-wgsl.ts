import { tileOf, type Program, type Storage } from './program';

/**
 * The shader of a program:
 *
 *     out[y, x, o] = act(bias[o] + sum over taps and i of in[stride * y + ky - 1, stride * x + kx - 1, i] * w[ky, kx, i, o])
 *
 * reflected at the edges. A workgroup first copies its tile of the input, `chunk` vectors of channels at a
 * time, into workgroup memory. Each invocation keeps the sums of `rows` pixels and `blocks` vectors of output
 * channels in registers: a loaded weight serves all its pixels, a loaded pixel all its channels. All invocations
 * of a workgroup work on the same output channels, so the address of a weight is the same for all, and weights
 * lie in the order in which they are read.
 *
 * In float16 the four products of one matrix row are added up before they are added to the float32 sums. In
 * float32 each product is added by itself, which devices do in one instruction.
 *
 * Bindings: 0 sizes, 1 input, 2 weights, 3 bias, 4 output.
 */
export function convolveWgsl(program: Program): string {
  const { precision, input, output, taps, stride, phases, vectors, threads, rows, blocks, chunk } = program;
  const [tileRows, tileColumns] = tileOf(program);
  const cells = tileRows * tileColumns;
  const channelGroups = vectors[1] / blocks;
  const invocations = threads[0] * threads[1];
  const up = phases === 4;

  return `${precision === 'float16' ? 'enable f16;\n' : ''}
alias scalar = ${precision === 'float16' ? 'f16' : 'f32'};
alias vector = vec4<scalar>;
alias matrix = mat4x4<scalar>;
struct Sizes { input: vec2u, cells: vec2u } // height, width

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> source: array<${elementOf(input)}>;
@group(0) @binding(2) var<storage, read> weights: array<matrix>;
@group(0) @binding(3) var<storage, read> bias: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> result: array<${elementOf(output)}>;

var<workgroup> tile: array<vector, ${cells * chunk}>;

/** ${up ? 'The edge repeated: what a reflection after upsampling comes to.' : 'Reflected without repeating the edge.'} Past that, cells that no pixel needs. */
fn inside(at: i32, length: i32) -> i32 {
  ${up ? 'return clamp(at, 0, length - 1);' : 'let near = abs(at);\n  return clamp(select(near, 2 * (length - 1) - near, near >= length), 0, length - 1);'}
}

fn load(cell: i32, part: i32) -> vector {
  ${loadBody(program)}
}

fn multiplied(sum: vec4f, w: matrix, x: vector) -> vec4f {
  return ${precision === 'float16' ? 'sum + vec4f(w * x)' : 'sum + w[0] * x.x + w[1] * x.y + w[2] * x.z + w[3] * x.w'};
}

@compute @workgroup_size(${threads[0]}, ${threads[1]})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) thread: vec3u, @builtin(local_invocation_index) index: u32) {
  let channels = i32(group.z) % ${channelGroups}; // which ${blocks * 4} of the output's
  let phase = i32(group.z) / ${channelGroups};
  let parity = vec2i(phase / 2, phase % 2);
  let first = vec2i(i32(group.y) * ${threads[1] * rows}, i32(group.x) * ${threads[0]});
  let corner = ${stride} * first - ${up ? '1 + parity' : '1'};
  let size = vec2i(sizes.input);
${each(blocks, (q) => `  let bias${q} = bias[channels * ${blocks} + ${q}];`)}
${each(rows, (p) => each(blocks, (q) => `  var sum${p}_${q} = bias${q};`))}
  var at = (phase * ${channelGroups} + channels) * ${vectors[0] * taps * blocks * taps};
  for (var part = 0; part < ${vectors[0]}; part += ${chunk}) {
    ${chunk < vectors[0] ? 'workgroupBarrier();' : ''}
    for (var i = i32(index); i < ${cells * chunk}; i += ${invocations}) {
      let cell = i / ${chunk};
      let y = inside(corner.x + cell / ${tileColumns}, size.x);
      let x = inside(corner.y + cell % ${tileColumns}, size.y);
      tile[(i % ${chunk}) * ${cells} + cell] = load(y * size.y + x, part + i % ${chunk});
    }
    workgroupBarrier();
    for (var k = 0; k < ${chunk}; k++) {
      let top = k * ${cells} + i32(thread.y) * ${stride * rows * tileColumns} + i32(thread.x) * ${stride};
      for (var row = 0; row < ${taps}; row++) {
        for (var column = 0; column < ${taps}; column++) {
          let tap = top + row * ${tileColumns} + column;
${each(rows, (p) => `          let x${p} = tile[tap + ${stride * p * tileColumns}];`)}
${each(blocks, (q) => `          let w${q} = weights[at + ${q}];`)}
${each(rows, (p) => each(blocks, (q) => `          sum${p}_${q} = multiplied(sum${p}_${q}, w${q}, x${p});`))}
          at += ${blocks};
        }
      }
    }
  }
  let x = first.y + i32(thread.x);
  if (x >= i32(sizes.cells.y)) { return; }
${each(rows, (p) => storeRow(program, p))}
}
`;
}

/** One line for each of 0..count-1. */
function each(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join('\n');
}

function elementOf(storage: Storage): string {
  switch (storage) {
    case 'vectors of float16':
      return 'vec4<f16>';
    case 'vectors of float32':
      return 'vec4f';
    case 'three float32':
      return 'f32';
    default:
      return storage satisfies never;
  }
}

function loadBody({ input, vectors, reluOnInput }: Program): string {
  if (input === 'three float32') {
    return 'return vector(vec4f(source[cell * 3], source[cell * 3 + 1], source[cell * 3 + 2], 0));';
  }
  const value = `vector(source[cell * ${vectors[0]} + part])`;
  return `return ${reluOnInput ? `max(${value}, vector())` : value};`;
}

function storeRow({ phases, vectors, rows, blocks, relu, output }: Program, p: number): string {
  const cell =
    phases === 4
      ? `((2 * y + parity.x) * i32(sizes.cells.y) + x) * 2 + parity.y`
      : `y * i32(sizes.cells.y) + x`;
  const stores = each(blocks, (q) => {
    const value = relu ? `max(sum${p}_${q}, vec4f())` : `sum${p}_${q}`;
    switch (output) {
      case 'vectors of float16': // held to what float16 can say; beyond it lies infinity
        return `      result[to + ${q}] = vec4<f16>(clamp(${value}, vec4f(-65504), vec4f(65504)));`;
      case 'vectors of float32':
        return `      result[to + ${q}] = ${value};`;
      case 'three float32':
        return `      let rgb = ${value};\n${each(3, (c) => `      result[to + ${c}] = rgb[${c}];`)}`;
      default:
        return output satisfies never;
    }
  });
  const vector = `channels * ${blocks}`;
  const to = output === 'three float32' ? `(${cell}) * 3` : `(${cell}) * ${vectors[1]} + ${vector}`;
  return `  {
    let y = first.x + i32(thread.y) * ${rows} + ${p};
    if (y < i32(sizes.cells.x)) {
      let to = ${to};
${stores}
    }
  }`;
}
