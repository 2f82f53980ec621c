import * as v from 'valibot';
import { WeightsError } from './weights-file';

const DIGEST = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const STD = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1));

/** Of fine structure, as in `Style`. */
export const ContrastSchema = v.strictObject({ lightness: STD, colour: STD });
const COUNT = v.pipe(v.number(), v.integer(), v.minValue(1));

/** tfjs's entry of a weights manifest. */
const SPEC = v.object({
  name: v.string(),
  shape: v.array(COUNT),
  dtype: v.literal('float32'),
  quantization: v.exactOptional(
    v.object({ dtype: v.literal('float16'), original_dtype: v.literal('float32') }),
  ),
});

/** `presets.json`, which the page and the command line read without tfjs. */
export const PresetTableSchema = v.object({
  format: v.literal('statistyle-presets/5'),
  encoder: DIGEST, // sha256 of the encoder that measured them
  /** What a preset's file holds, in order: the statistics, then CIN's pairs where it was fitted. */
  weights: v.object({ statistics: v.array(SPEC), affine: v.array(SPEC) }),
  presets: v.array(
    v.object({
      id: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/)),
      artist: v.string(),
      title: v.string(),
      year: v.exactOptional(v.number()),
      cells: COUNT,
      contrast: ContrastSchema,
      cin: v.boolean(), // whether CIN was fitted to it
      file: v.object({ sha256: DIGEST, bytes: COUNT }),
    }),
  ),
});

export type PresetTable = v.InferOutput<typeof PresetTableSchema>;
export type ListedPreset = PresetTable['presets'][number];

/** @throws WeightsError 'damaged' */
export function parsePresetTable(json: string): PresetTable {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), PresetTableSchema), json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new WeightsError(
    'damaged',
    'presets.json',
    `${v.getDotPath(issue) ?? 'all of it'}: ${issue.message}`,
  );
}

/** Where a preset's statistics lie below `public/weights/`: about 4 kB each. */
export function presetFile(id: string): string {
  return `presets/${id}.bin`;
}
