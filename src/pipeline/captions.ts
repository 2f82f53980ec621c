import { csvFormatRows } from 'd3-dsv';
import { numberOf, type NumberKey, type Numbers } from './numbers';
import type { Norm, NormId, Stage } from './request';

/** How panes and numbers are named and written, the same on the page, in files and on the command line. */

export const NORM_NAMES: Readonly<Record<NormId, string>> = {
  in: 'IN',
  cin: 'CIN',
  adain: 'AdaIN',
  wct: 'WCT',
  din: 'DIN',
};

/** "WCT, groups of 16, strength 80 %": what makes this pane another than the rest. */
export function paneTitle(norm: Norm, strength: number): string {
  const parts: string[] = [NORM_NAMES[norm.id]];
  if (norm.id === 'wct') parts.push(`groups of ${norm.groupSize}`);
  if (strength < 1) parts.push(`strength ${Math.round(strength * 100)} %`);
  return parts.join(', ');
}

export const NUMBER_NAMES: Readonly<Record<NumberKey, string>> = {
  style: 'Style distance',
  content: 'Content distance',
  identity: 'Identity error',
  ms: 'Time',
  parameters: 'Parameters',
};

/** A number as it is read: "0.214", "5.3", "0.66 M", "812 ms". */
export function numberText(numbers: Numbers, key: NumberKey): string {
  const value = numberOf(numbers, key);
  switch (key) {
    case 'style':
    case 'content':
      return value.toFixed(value < 1 ? 3 : value < 10 ? 2 : 1);
    case 'identity':
      return value.toFixed(1);
    case 'parameters':
      return `${(value / 1e6).toFixed(2)} M`;
    case 'ms':
      return value < 995 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
    default:
      return key satisfies never;
  }
}

/** The line under a picture of the wall. */
export function numbersLine(numbers: Numbers): string {
  return (
    `style ${numberText(numbers, 'style')}, content ${numberText(numbers, 'content')}, ` +
    `identity ${numberText(numbers, 'identity')}, ${numberText(numbers, 'ms')}, ` +
    `${numberText(numbers, 'parameters')} parameters`
  );
}

/** A pane as a row of the table that is saved. */
export interface Row {
  readonly norm: Norm;
  readonly strength: number;
  readonly numbers: Numbers;
}

const STAGES: readonly Stage[] = ['encoding', 'normalising', 'decoding'];

/** The numbers of a wall as CSV; the columns before the last are the same in every row. */
export function csvOf(rows: readonly Row[], shared: Readonly<Record<string, string | number>>): string {
  const head = [
    'norm',
    'group size',
    'strength',
    'style distance',
    'content distance',
    'identity error / 255',
  ];
  const columns = [...head, ...STAGES.map((stage) => `${stage} ms`), 'parameters', ...Object.keys(shared)];
  const cells = rows.map(({ norm, strength, numbers }) => [
    NORM_NAMES[norm.id],
    norm.id === 'wct' ? String(norm.groupSize) : '',
    String(strength),
    numbers.style.toPrecision(5),
    numbers.content.toPrecision(5),
    numbers.identity.toPrecision(4),
    ...STAGES.map((stage) => numbers.ms[stage].toFixed(1)),
    String(numbers.parameters),
    ...Object.values(shared).map(String),
  ]);
  return `${csvFormatRows([columns, ...cells])}\n`;
}
