/**
 * A network as data: what it does to a map [1, H, W, C], step by step. `count.ts` counts it, `runner.ts` runs it.
 */
export type Step =
  | Convolution
  | { readonly op: 'up'; readonly by: 'nearest' | 'bilinear' } // twice the size
  | { readonly op: 'pool' } // the largest of each 2 x 2
  | { readonly op: 'activate'; readonly as: 'relu' | 'sigmoid' }
  | { readonly op: 'norm'; readonly channels: number } // to the style's mean and std, channel by channel
  | { readonly op: 'modulate'; readonly channels: number; readonly steps: readonly Step[] } // w steps(x) + b x
  | { readonly op: 'sum'; readonly of: readonly [readonly Step[], readonly Step[]] }; // no steps: x itself

/** Reflection-padded, so that stride 1 keeps the size. */
export interface Convolution {
  readonly op: 'conv';
  /** As the weights file has it, where there are trained weights. */
  readonly name?: string;
  /** Side of the kernel. */
  readonly size: number;
  readonly stride: 1 | 2;
  readonly from: number;
  readonly to: number;
  /** 1: every output sees every input. `from`: depthwise. `to`, with `from` twice as many: pairs of inputs. */
  readonly groups: number;
  readonly bias: boolean;
  readonly activation: 'relu' | 'linear';
}

type Details = Partial<Pick<Convolution, 'name' | 'stride' | 'groups' | 'bias' | 'activation'>>;

/** A dense convolution with bias and ReLU, unless the details say otherwise. */
export function conv(size: number, from: number, to: number, details: Details = {}): Convolution {
  return { op: 'conv', size, from, to, stride: 1, groups: 1, bias: true, activation: 'relu', ...details };
}

/** Depthwise, then 1 x 1; a norm follows, so neither has a bias. */
export function separable(size: number, from: number, to: number): readonly Step[] {
  const plain = { bias: false, activation: 'linear' } as const;
  return [conv(size, from, from, { ...plain, groups: from }), conv(1, from, to, plain)];
}

export const relu: Step = { op: 'activate', as: 'relu' };
export const nearest: Step = { op: 'up', by: 'nearest' };
export const bilinear: Step = { op: 'up', by: 'bilinear' };
export const pool: Step = { op: 'pool' };
export const norm = (channels: number): Step => ({ op: 'norm', channels });
/** x + steps(x) */
export const residual = (steps: readonly Step[]): Step => ({ op: 'sum', of: [[], steps] });

/** Of a convolution's kernel in tfjs: dense [k, k, in, out], grouped [k, k, in, outputs of one input]. */
export function kernelShape({ size, from, to, groups }: Convolution): [number, number, number, number] {
  return [size, size, from, groups === 1 ? to : Math.max(1, to / from)];
}
