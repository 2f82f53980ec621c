import { create, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType as Kind,
  ModelProtoSchema,
  TensorProto_DataType as DataType,
  type AttributeProtoSchema,
  type NodeProtoSchema,
  type TensorProtoSchema,
  type ValueInfoProtoSchema,
} from 'onnx-buf';

/** The name of a value in the graph. */
export type Value = string;

/** A whole number or a list of them, a fraction, or a word. */
export type Attribute =
  { readonly int: number } | { readonly ints: readonly number[] } | { readonly float: number } | string;

/** Version 17 of ONNX's operations came with version 8 of its file. */
const OPERATIONS = 17n;
const FILE = 8n;

/** An ONNX graph that grows node by node, from one picture [1, H, W, 3] to another; H and W are free. */
export class OnnxGraph {
  readonly input: Value = 'pixels';
  readonly #nodes: MessageInitShape<typeof NodeProtoSchema>[] = [];
  readonly #constants: MessageInitShape<typeof TensorProtoSchema>[] = [];
  #values = 0;

  /** Adds an operation and names its first result. */
  node(opType: string, input: readonly Value[], attributes: Readonly<Record<string, Attribute>> = {}): Value {
    return this.nodes(opType, input, 1, attributes)[0] as Value; // one was asked for
  }

  /** Adds an operation with several results. */
  nodes(
    opType: string,
    input: readonly Value[],
    results: number,
    attributes: Readonly<Record<string, Attribute>> = {},
  ): readonly Value[] {
    const output = Array.from({ length: results }, () => `${opType}_${this.#values++}`);
    const attribute = Object.entries(attributes).map(([name, value]) => attributeOf(name, value));
    this.#nodes.push({ opType, input: [...input], output, attribute });
    return output;
  }

  constant(values: Float32Array | BigInt64Array, dims: readonly number[]): Value {
    const name = `constant_${this.#constants.length}`;
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
    const dataType = values instanceof Float32Array ? DataType.FLOAT : DataType.INT64;
    this.#constants.push({ name, dims: dims.map(BigInt), dataType, rawData });
    return name;
  }

  /** The file's bytes, with `output` as the picture that comes out. */
  model(output: Value): Uint8Array<ArrayBuffer> {
    return toBinary(
      ModelProtoSchema,
      create(ModelProtoSchema, {
        irVersion: FILE,
        opsetImport: [{ version: OPERATIONS }],
        graph: {
          name: 'network',
          node: this.#nodes,
          initializer: this.#constants,
          input: [picture(this.input)],
          output: [picture(output)],
        },
      }),
    );
  }
}

function attributeOf(name: string, value: Attribute): MessageInitShape<typeof AttributeProtoSchema> {
  if (typeof value === 'string') return { name, type: Kind.STRING, s: new TextEncoder().encode(value) };
  if ('int' in value) return { name, type: Kind.INT, i: BigInt(value.int) };
  if ('float' in value) return { name, type: Kind.FLOAT, f: value.float };
  return { name, type: Kind.INTS, ints: value.ints.map(BigInt) };
}

function picture(name: Value): MessageInitShape<typeof ValueInfoProtoSchema> {
  const exactly = (value: number) => ({ value: { case: 'dimValue' as const, value: BigInt(value) } });
  const free = (value: string) => ({ value: { case: 'dimParam' as const, value } });
  const shape = { dim: [exactly(1), free('height'), free('width'), exactly(3)] };
  return { name, type: { value: { case: 'tensorType', value: { elemType: DataType.FLOAT, shape } } } };
}
