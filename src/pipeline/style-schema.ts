import * as v from 'valibot';
import { ContrastSchema } from '../../app/models/preset-table';

/** What is written. Version 1 knew no contrast. */
export const STYLE_FORMAT = 'statistyle-style/2';
export const KNOWN_FORMATS: readonly string[] = ['statistyle-style/1', STYLE_FORMAT];
const SHORT = v.pipe(v.string(), v.maxLength(200));
const NUMBERS = v.pipe(v.string(), v.maxLength(200_000)); // see float-text.ts
const POSITIVE = v.pipe(v.number(), v.finite(), v.minValue(1));
const levels = <T extends v.GenericSchema>(schema: T) => v.strictObject({ fine: schema, coarse: schema });

export const StyleDataSchema = v.strictObject({
  name: SHORT,
  levels: levels(
    v.strictObject({ cells: POSITIVE, mean: NUMBERS, covariance: NUMBERS }), // covariance: the upper triangle
  ),
  contrast: v.optional(ContrastSchema),
  affine: v.optional(levels(v.strictObject({ gamma: NUMBERS, beta: NUMBERS }))),
});

export const StyleFileSchema = v.strictObject({
  format: v.picklist(KNOWN_FORMATS),
  name: SHORT,
  encoder: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)), // sha256 of the encoder that measured it
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

/** A style as plain data: about 29 kB, without the picture. */
export type StyleData = v.InferOutput<typeof StyleDataSchema>;
/** A style, or a blend of up to six, with the settings it was made for. */
export type StyleFile = v.InferOutput<typeof StyleFileSchema>;
