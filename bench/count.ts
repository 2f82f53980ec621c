import type { Convolution, Step } from './steps';

/** What a network costs: multiplications of its convolutions for each pixel of the picture, and numbers trained. */
export interface Cost {
  readonly macs: number;
  readonly parameters: number;
}

export interface Counting {
  /** Count a 3x3 convolution after a nearest upsampling as the four 2x2 phase kernels that do the same. */
  readonly phases?: boolean;
}

/** Norms, activations and resizing are not counted: they multiply at most a few times for each value. */
export function costOf(steps: readonly Step[], counting: Counting = {}): Cost {
  const { macs, parameters } = costAt(steps, 1, counting);
  return { macs, parameters };
}

interface Walked extends Cost {
  /** The picture's side over the map's. */
  readonly scale: number;
}

function costAt(steps: readonly Step[], start: number, counting: Counting): Walked {
  let [macs, parameters, scale] = [0, 0, start];
  const add = (inner: readonly Step[]): number => {
    const cost = costAt(inner, scale, counting);
    macs += cost.macs;
    parameters += cost.parameters;
    return cost.scale;
  };
  for (const [index, step] of steps.entries()) {
    switch (step.op) {
      case 'conv': {
        const before = steps[index - 1];
        const up = counting.phases && step.size === 3 && before?.op === 'up' && before.by === 'nearest';
        scale *= step.stride;
        macs += (up ? (4 * numbersOf(step)) / 9 : numbersOf(step)) / scale ** 2;
        parameters += numbersOf(step) + (step.bias ? step.to : 0);
        break;
      }
      case 'up':
        scale /= 2;
        break;
      case 'pool':
        scale *= 2;
        break;
      case 'modulate':
        scale = add(step.steps);
        break;
      case 'sum':
        scale = Math.max(...step.of.map(add)); // equal, or they could not be added
        break;
      case 'activate':
      case 'norm':
        break;
      default:
        step satisfies never;
    }
  }
  return { macs, parameters, scale };
}

/** Of the kernel; as many multiplications for each cell of the output. */
function numbersOf({ size, from, to, groups }: Convolution): number {
  return (size ** 2 * from * to) / groups;
}
