import * as v from 'valibot';
import type { Failure } from '../../src/pipeline/failure';
import { SetupSchema, type Setup } from './setup';

const FORMAT = 'statistyle-record/1';
const SIZE = v.object({ width: v.number(), height: v.number() });

const RecordSchema = v.object({
  format: v.literal(FORMAT),
  madeAt: v.string(), // ISO 8601
  photo: v.object({ name: v.string(), ...SIZE.entries }),
  result: v.object({
    ...SIZE.entries,
    tookMs: v.number(),
    change: v.optional(v.number()), // of the statistics, in stds of the average photo
  }),
  engine: v.string(),
  setup: SetupSchema,
});

/** How a picture was made: saved beside it, and loaded to make it again. */
export type MadeRecord = v.InferOutput<typeof RecordSchema>;

export function recordOf(parts: Omit<MadeRecord, 'format'>): string {
  return JSON.stringify({ format: FORMAT, ...parts }, null, 2);
}

/** Whether a text wants to be a record, so that another reader can have it if not. */
export function looksLikeRecord(text: string): boolean {
  return text.includes('"statistyle-record/');
}

/** The set-up of a record, or what is wrong with it. */
export function readRecord(text: string, name: string): Setup | Failure {
  const refused = (why: Extract<Failure, { code: 'style-file' }>['why']): Failure => ({
    code: 'style-file',
    name,
    why,
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refused('damaged');
  }
  const format = typeof json === 'object' && json !== null && 'format' in json ? String(json.format) : '';
  if (!format.startsWith('statistyle-record/')) return refused('foreign');
  if (format !== FORMAT) return refused('newer');
  const parsed = v.safeParse(RecordSchema, json);
  return parsed.success ? parsed.output.setup : refused('damaged');
}
