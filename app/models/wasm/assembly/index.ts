// What the page and the command line call on tfjs's memory; `npm run build:wasm` compiles it into ../binary.ts.
// Pointers are bytes in that memory, values float32. Nothing here allocates, and there is no static data: both
// would overwrite tfjs's.

export { pad, phasesToColour } from './cells';
export { average, products, sums } from './covariance';
export { roots } from './roots';
export { upsample, upsampleWeights } from './upsample';
export { winograd, winogradWeights } from './winograd';
