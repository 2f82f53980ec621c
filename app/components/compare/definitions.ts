import type { NumberKey } from '../../../src/pipeline/numbers';

/** What a number under a pane is; the same formulas stand in `src/pipeline/measure.ts`. */
export interface Definition {
  readonly short: string; // under a picture
  readonly says: string;
  readonly formula: string; // MathML, the content of <math>
  readonly why: string;
}

/** MathML in few letters. */
const i = (name: string): string => `<mi>${name}</mi>`;
const n = (number: string): string => `<mn>${number}</mn>`;
const o = (operator: string): string => `<mo>${operator}</mo>`;
const t = (text: string): string => `<mtext>${text}</mtext>`;
const sub = (base: string, index: string): string => `<msub>${base}${index}</msub>`;
const over = (top: string, bottom: string): string =>
  `<mfrac><mrow>${top}</mrow><mrow>${bottom}</mrow></mfrac>`;
const squared = (inner: string): string => `<msup><mrow>${o('(')}${inner}${o(')')}</mrow>${n('2')}</msup>`;
const sum = (under: string, inner: string): string =>
  `<munder>${o('∑')}<mrow>${under}</mrow></munder>${inner}`;
const row = (...parts: string[]): string => `<mrow>${parts.join('')}</mrow>`;
const of = (statistic: string, picture: string): string => sub(i(statistic), t(picture));

export const DEFINITIONS: Readonly<Record<NumberKey, Definition>> = {
  style: {
    short: 'Style',
    says: 'How far the channels of the result are from the style’s, in mean and spread. 0 is a perfect match.',
    formula: row(
      over(n('1'), i('C')) +
        sum(
          i('c'),
          o('[') +
            squared(of('μ', 'result') + o('−') + of('μ', 'style')) +
            o('+') +
            squared(of('σ', 'result') + o('−') + of('σ', 'style')) +
            o(']'),
        ),
    ),
    why: 'The finished picture is encoded again, so what the decoder loses counts too. Of a blend, μ and σ of the style are weighted sums.',
  },
  content: {
    short: 'Content',
    says: 'How much of the photo’s layout is lost. 0 is the same layout, 2 has nothing in common with it.',
    formula: row(
      t('mean ') +
        squared(sub(i('z'), t('result')) + o('−') + sub(i('z'), t('photo'))) +
        o(',') +
        t(' ') +
        i('z') +
        o('=') +
        over(i('x') + o('−') + i('μ'), i('σ')),
    ),
    why: 'Every norm changes mean and spread on purpose. Both are standardised first, so that only where things are is compared: it equals 2 (1 − r), with r their correlation.',
  },
  identity: {
    short: 'Identity',
    says: 'What encoder and decoder change of this photo when no norm does anything, in steps of 0 to 255.',
    formula: row(
      n('255') +
        o('⋅') +
        t('mean ') +
        o('|') +
        i('D') +
        o('(') +
        i('E') +
        o('(') +
        i('photo') +
        o(')') +
        o(')') +
        o('−') +
        i('photo') +
        o('|'),
    ),
    why: 'All norms share both networks, so it is the same in every pane. “Photo detail” gives part of it back.',
  },
  ms: {
    short: 'Time',
    says: 'What this picture costs when nothing of it is known yet.',
    formula: row(t('encode') + o('+') + t('normalise') + o('+') + t('decode')),
    why: 'The photo is encoded once for all panes, and kept: panes after the first wait for the last two only. Decoding the photo once for its detail does not count.',
  },
  parameters: {
    short: 'Parameters',
    says: 'Trained numbers that take part: encoder and decoder, the same for every pane, and what the norm adds.',
    formula: row(i('E') + o('+') + i('D') + o('+') + t('norm')),
    why: 'AdaIN and WCT add none: their statistics are measured, not trained. IN and CIN add one row of a table, DIN the net that predicts its filters.',
  },
};

export const NUMBER_KEYS: readonly NumberKey[] = ['style', 'content', 'identity', 'ms', 'parameters'];
