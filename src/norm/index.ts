export { adain } from './adain';
export { blockDiagonal, blocksOf } from './blocks';
export { cin } from './cin';
export { EPSILON, SHRINK } from './constants';
export { din } from './din';
export { applyEdit, atStrength, disposeEdit, identityEdit, weightedSum } from './edit';
export { ShapeError } from './errors';
export { instanceNorm } from './instance-norm';
export { ROOTS } from './matrix-roots';
export { AROUND, PAD, padMap, type Beside, type Padding } from './padding';
export {
  channelStatistics,
  COVARIANCE,
  diagonalOf,
  disposeStatistics,
  pool,
  statisticsOf,
  stdOf,
} from './statistics';
export type {
  AffineStyle,
  ChannelStatistics,
  DynamicKernel,
  FeatureEdit,
  FeatureMap,
  LocalPart,
  Statistics,
} from './types';
export { wct } from './wct';
export { effectiveCells, weightedStatistics, type WeightedStatistics } from './weighted-statistics';
