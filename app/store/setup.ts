import * as v from 'valibot';
import { COLOUR_MODES, NORM_IDS } from '../../src/pipeline/request';
import { StyleDataSchema } from '../../src/pipeline/style-schema';
import { ORDERS, PANES } from './panes';
import { DEFAULTS, GROUP_SIZES, type Settings } from './settings-slice';
import type { Style } from './style';

/** How a picture is made, as plain data that a link, a record or the next visit can bring back. */

const SHARE = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1));
const NORM = v.picklist(NORM_IDS);
const pixels = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/** What an older version did not know has its default. */
const SettingsEntries = v.object({
  norm: NORM,
  groupSize: v.pipe(
    v.number(),
    v.transform((size) => (size === 128 ? 64 : size)), // all channels, once and now
    v.check((size) => GROUP_SIZES.includes(size)),
  ),
  strength: SHARE,
  detail: v.optional(SHARE, DEFAULTS.detail), // older pictures had none; their networks are gone, too
  styleSize: pixels(16, 2048),
  workingSize: pixels(16, 4096),
  colour: v.picklist(COLOUR_MODES),
  secondNorm: v.optional(NORM, DEFAULTS.secondNorm),
  secondShare: v.optional(SHARE, 0),
  evenStrength: v.optional(v.boolean(), false),
});
const SettingsSchema: v.GenericSchema<unknown, Settings> = SettingsEntries;

const NAME = v.pipe(v.string(), v.maxLength(500));
const PRINT = v.optional(v.pipe(v.string(), v.maxLength(1000)));

/** A style by what can be written down of it: of a picture its name, and what tells it from others of that name. */
const StyleRefSchema = v.union([
  v.object({ kind: v.literal('preset'), id: v.pipe(v.string(), v.maxLength(200)) }),
  v.object({ kind: v.literal('picture'), name: NAME, print: PRINT }),
  v.object({ kind: v.literal('data'), data: StyleDataSchema }),
  v.pipe(
    v.object({ kind: v.literal('data'), data: v.object({ name: NAME, levels: v.unknown() }) }),
    v.transform(({ data: { name } }) => ({ kind: 'picture' as const, name, print: undefined })), // of networks that are no more
  ),
]);
const Weighted = v.pipe(v.array(v.object({ ref: StyleRefSchema, weight: SHARE })), v.maxLength(6));
const PNG = v.pipe(v.string(), v.startsWith('data:image/png;base64,'), v.maxLength(4_000_000));

/** The norms side by side: what each pane decides for itself. */
const WallSchema = v.object({
  panes: v.pipe(
    v.array(v.pick(SettingsEntries, ['norm', 'groupSize', 'strength'])),
    v.minLength(PANES.least),
    v.maxLength(PANES.most),
  ),
  order: v.picklist(ORDERS),
  shown: v.boolean(), // in place of the one picture
});
export type WallSetup = v.InferOutput<typeof WallSchema>;

export const SetupSchema = v.object({
  settings: SettingsSchema,
  styles: Weighted,
  regions: v.optional(
    v.pipe(v.array(v.object({ styles: Weighted, mask: v.nullable(PNG) })), v.maxLength(6)),
    [],
  ),
  unpainted: v.optional(v.picklist(['photo', 'styles'] as const), 'photo'),
  wall: v.optional(WallSchema), // none before it was first opened
  photo: PRINT, // the one that the regions lie on
});

export type Setup = v.InferOutput<typeof SetupSchema>;
export type StyleRef = v.InferOutput<typeof StyleRefSchema>;

export function refOf(style: Style): StyleRef {
  switch (style.kind) {
    case 'preset':
      return { kind: 'preset', id: style.preset.id };
    case 'own':
      return { kind: 'picture', name: style.own.name, print: style.own.print };
    case 'data':
      return { kind: 'data', data: style.data };
    default:
      return style satisfies never;
  }
}

const LINK = 's1'; // version 1

const COUNT = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(6)), 0);

/** How much of the sender's set-up a link does not hold. */
const LeftOut = v.object({ styles: COUNT, regions: COUNT });

export interface LinkedSetup {
  readonly setup: Setup;
  readonly leftOut: v.InferOutput<typeof LeftOut>;
}

const LinkSchema = v.object({
  ...SetupSchema.entries,
  leftOut: v.optional(LeftOut, { styles: 0, regions: 0 }), // older links do not say
});

/**
 * A set-up as the fragment of an address, which browsers send to nobody. Presets go into it, and the wall when it
 * is shown; pictures, statistics and masks do not, only how many there are, so that the receiver can be told.
 */
export function linkOf({ settings, styles, regions, wall }: Setup): string {
  const shared = styles.flatMap(({ ref, weight }) =>
    ref.kind === 'preset' ? [{ ref, weight: Math.round(weight * 1e4) / 1e4 }] : [],
  );
  const leftOut = {
    styles: styles.length - shared.length,
    regions: regions.filter(({ mask }) => mask !== null).length,
  };
  const all = leftOut.styles + leftOut.regions === 0;
  const text = JSON.stringify({
    settings,
    styles: shared,
    ...(!all && { leftOut }),
    ...(wall?.shown && { wall }),
  });
  const bytes = new TextEncoder().encode(text);
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return `#${LINK}=${btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

/** What a link says; null for no link of ours; 'newer' and 'damaged' when it cannot be read. */
export function setupInLink(fragment: string): LinkedSetup | 'newer' | 'damaged' | null {
  const [, version, text = ''] = /^#(s\d{1,6})=(.{0,8000})$/s.exec(fragment) ?? [];
  if (version === undefined) return null;
  if (version !== LINK) return 'newer';
  try {
    const letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const parsed = v.safeParse(LinkSchema, JSON.parse(new TextDecoder().decode(bytes)));
    if (!parsed.success) return 'damaged';
    const { settings, leftOut, wall } = parsed.output; // nothing else travels in links
    const styles = parsed.output.styles.filter(({ ref }) => ref.kind === 'preset');
    const setup: Setup = { settings, styles, regions: [], unpainted: 'photo', ...(wall && { wall }) };
    return { setup, leftOut };
  } catch {
    return 'damaged'; // no base64, or no JSON
  }
}
