import type { FeatureMap } from '../../src/norm';

/** [1, H/4, W/4, 64] of a picture [H, W]: what the norms edit. Linear: the decoder begins with its ReLU. */
export type Features = FeatureMap;

/** Pixels a cell, each way. */
export const CELL = 4;
