import * as v from 'valibot';
import { ContrastSchema } from '../../app/models/preset-table';

/** What is written. Files of versions 1 and 2 hold statistics of an encoder that is no more. */
export const STYLE_FORMAT = 'statistyle-style/3';
export const OLD_FORMATS: readonly string[] = ['statistyle-style/1', 'statistyle-style/2'];
const SHORT = v.pipe(v.string(), v.maxLength(200));
const NUMBERS = v.pipe(v.string(), v.maxLength(200_000)); // see float-text.ts
const POSITIVE = v.pipe(v.number(), v.finite(), v.minValue(1));

export const StyleDataSchema = v.strictObject({
  name: SHORT,
  encoder: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)), // sha256 of the encoder that measured it
  statistics: v.strictObject({ cells: POSITIVE, mean: NUMBERS, covariance: NUMBERS }), // its upper triangle
  contrast: v.optional(ContrastSchema),
  affine: v.optional(v.strictObject({ gamma: NUMBERS, beta: NUMBERS })),
});

export const StyleFileSchema = v.strictObject({
  format: v.literal(STYLE_FORMAT),
  name: SHORT,
  styles: v.pipe(
    v.array(
      v.strictObject({
        weight: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1)),
        style: StyleDataSchema,
      }),
    ),
    v.minLength(1),
    v.maxLength(6),
  ),
});

/** A style as plain data: about 6 kB, without the picture. */
export type StyleData = v.InferOutput<typeof StyleDataSchema>;
/** A style, or a blend of up to six, with the settings it was made for. */
export type StyleFile = v.InferOutput<typeof StyleFileSchema>;
