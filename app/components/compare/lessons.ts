import type { Norm } from '../../../src/pipeline/request';

/** One sentence for each plot: what to look for, and why it is so. */
export interface Lesson {
  readonly means: string;
  readonly spreads: string;
  readonly together: string;
}

/** See `asIfColoured`. */
const COLOURLESS = 'Of a photo without colours, channels that tell colours stop short.';

const ONE_BY_ONE =
  'Channels are scaled and shifted one by one, which leaves how they go together as it was in the photo.';

export function lessonOf(norm: Norm): Lesson {
  switch (norm.id) {
    case 'in':
      return {
        means:
          'IN gives each channel the mean it has in the average photo, whatever the style: the points stay off the line.',
        spreads: `The spread too is the average photo’s: this photo’s own contrast and colour cast are gone. ${COLOURLESS}`,
        together: ONE_BY_ONE,
      };
    case 'cin':
      return {
        means:
          'CIN gives each channel a mean that was learned for this painter; it need not be the painting’s own.',
        spreads: 'The spread was learned with it, so the points gather near the line, not on it.',
        together: ONE_BY_ONE,
      };
    case 'adain':
      return {
        means: 'AdaIN gives each channel the mean it has in the style: every point moves onto the line.',
        spreads: `The spread of each channel becomes the style’s as well: what varied little may now vary a lot. ${COLOURLESS}`,
        together: `${ONE_BY_ONE} The style’s own pattern is missed: WCT is for that.`,
      };
    case 'wct':
      return {
        means: 'WCT gives each channel the mean it has in the style: every point moves onto the line.',
        spreads: `The spread follows, because a channel’s variance is on the diagonal of the covariance. ${COLOURLESS}`,
        together: together(norm.groupSize),
      };
    case 'din':
      return {
        means: 'DIN ends near the style’s means: a small network may move each a little.',
        spreads:
          'A predicted filter mixes each cell with its neighbours, so the spread is not fixed to the style’s.',
        together: 'The filter also mixes channels within its groups, which changes how they go together.',
      };
    default:
      return norm satisfies never;
  }
}

function together(groupSize: number): string {
  if (groupSize === 1) return `In groups of 1, WCT is AdaIN. ${ONE_BY_ONE}`;
  if (groupSize >= 64) {
    return 'Whitening removes the photo’s pattern, colouring puts the style’s in its place: the last two squares agree.';
  }
  return `Within each group of ${groupSize} channels the style’s pattern takes the place of the photo’s: blocks on the diagonal agree, the rest does not.`;
}
