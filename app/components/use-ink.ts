import { useEffect, useRef, type RefObject } from 'react';
import type { Size } from '../../src/pipeline/size';
import { copyOf, drawStroke, emptyMask, type Spot } from './mask-canvas';
import { useApp, useAppStore } from './use-app';

/** Strokes as they will look, over the picture as it is. */
export interface InkLayer {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  /** Whether strokes can be shown so; the mask's tint shows them otherwise. */
  readonly ready: boolean;
  /** The stroke so far. */
  show(spots: readonly Spot[]): void;
  /** A finished stroke stays until the picture that holds it is there. */
  settle(spots: readonly Spot[], kept: Promise<boolean>): void;
}

/**
 * Under a stroke of softness s the picture becomes `s * styled + (1 - s) * picture`, when erased
 * `s * photo + (1 - s) * picture`: what the masks' own composition gives, too.
 */
export function useInk(mask: Size): InkLayer {
  const store = useAppStore();
  const ink = useApp((state) => state.ink);
  const photo = useApp((state) => state.photo?.preview);
  const erases = useApp((state) => state.brush.erases && state.unpainted === 'photo');
  const image = erases ? photo : ink?.image;
  const canvas = useRef<HTMLCanvasElement>(null);
  const scratch = useRef<{ stroke?: Drawn; styled?: Drawn }>({});
  const waiting = useRef({ strokes: 0, base: null as HTMLCanvasElement | null });

  useEffect(
    () =>
      store.subscribe(({ result, run }, before) => {
        if (waiting.current.strokes > 0) return; // a stroke's mask is on its way to the worker
        const over = run !== before.run && (run.status === 'failed' || run.status === 'cancelled');
        if (result === before.result && !over) return;
        waiting.current.base = null;
        clear(canvas.current);
      }),
    [store],
  );

  function show(spots: readonly Spot[]): void {
    const target = canvas.current;
    const context = target?.getContext('2d');
    if (!target || !context || !image || image.width === 0 || spots.length === 0) return;
    const { width, height } = sizeWithin(image);
    if (target.width !== width || target.height !== height) [target.width, target.height] = [width, height];
    context.clearRect(0, 0, width, height);
    if (waiting.current.base) context.drawImage(waiting.current.base, 0, 0, width, height);
    const [stroke, strokes] = (scratch.current.stroke ??= emptyMask(mask));
    const [styled, pixels] = (scratch.current.styled ??= emptyMask({ width, height }));
    [stroke.width, stroke.height] = [mask.width, mask.height]; // empties them, too
    [styled.width, styled.height] = [width, height];
    drawStroke(strokes, spots, { ...store.getState().brush, erases: false });
    pixels.drawImage(stroke, 0, 0, width, height);
    pixels.globalCompositeOperation = 'source-in';
    pixels.drawImage(image, 0, 0, width, height);
    context.drawImage(styled, 0, 0);
  }

  return {
    canvas,
    ready: image !== undefined,
    show,
    settle(spots, kept) {
      show(spots);
      const target = canvas.current;
      if (target && image) {
        [waiting.current.base] = copyOf(target);
      }
      waiting.current.strokes++;
      void kept.finally(() => waiting.current.strokes--);
    },
  };
}

type Drawn = ReturnType<typeof emptyMask>;

/** A brush follows the hand on canvases up to this long; the finished picture has all its pixels. */
const LONGEST = 1536;

function sizeWithin({ width, height }: Size): Size {
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

function clear(canvas: HTMLCanvasElement | null): void {
  canvas?.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height);
}
