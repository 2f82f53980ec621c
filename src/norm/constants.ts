/**
 * Added to every variance before its root, so that a channel that is flat in the photo is amplified by
 * at most std_style / sqrt(EPSILON). Units: activations squared; the encoder's activations are about 1.
 * The networks are trained with this value (`training/norms.py`): change both or neither.
 */
export const EPSILON = 1e-3;

/** WCT adds this share of the mean variance to the diagonal, on content and style alike. */
export const SHRINK = 5e-3;
