// AssemblyScript: TypeScript's syntax with WebAssembly's types. asc compiles it, not tsc (see index.ts).

export const FLOAT: usize = 4; // bytes
export const VECTOR: usize = 16; // four floats
