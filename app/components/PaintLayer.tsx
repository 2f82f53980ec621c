import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Size } from '../../src/pipeline/size';
import { cornerOf, scaleOf } from '../store/geometry';
import type { PaintedRegion } from '../store/regions-slice';
import { copyOf, drawStroke, maskCanvas, maskFile, maskSize, type Spot } from './mask-canvas';
import { useApp, useAppStore } from './use-app';
import { useInk } from './use-ink';

interface PaintLayerProps {
  readonly region: PaintedRegion;
  readonly frame: Size; // the picture's size at 100 %
  readonly pane: Size; // CSS px
}

/** Steps of the brush by arrow keys, share of the longer side; with Shift four times as far. */
const STEP = 0.025;

/** The mask over the picture, and the brush that paints it: by pointer, finger or keys. */
export function PaintLayer({ region, frame, pane }: PaintLayerProps) {
  const store = useAppStore();
  const brush = useApp((state) => state.brush);
  const zoom = useApp((state) => state.zoom);
  const centre = useApp((state) => state.centre);
  const canvas = useRef<HTMLCanvasElement>(null);
  const before = useRef<HTMLCanvasElement | null>(null); // the mask as it was when the stroke began
  const stroke = useRef<Spot[]>([]);
  const [drawing, setDrawing] = useState(false);
  const [cursor, setCursor] = useState<Spot | null>(null); // 0..1 each way
  const size = maskSize(frame);
  const ink = useInk(size);
  const scale = scaleOf(zoom, frame, pane);
  const corner = cornerOf(centre, scale, frame, pane);
  const { blob = null } = region.mask ?? {};
  const own = useRef({ region: region.id, masks: new Set<Blob>(), last: Promise.resolve() });

  useEffect(() => {
    const mine = own.current.region === region.id && blob !== null && own.current.masks.delete(blob);
    if (mine && before.current) return undefined; // the canvas shows it, and perhaps newer strokes
    own.current = { ...own.current, region: region.id, masks: new Set() };
    let stale = false;
    void maskCanvas({ width: size.width, height: size.height }, blob).then((mask) => {
      if (stale) return;
      before.current = mask;
      show(stroke.current);
    });
    return () => void (stale = true);
  }, [blob, region.id, size.width, size.height]);

  /** The mask with the stroke so far. */
  function show(spots: readonly Spot[]): void {
    const context = canvas.current?.getContext('2d');
    if (!context || !before.current) return;
    context.clearRect(0, 0, size.width, size.height);
    context.drawImage(before.current, 0, 0);
    drawStroke(context, spots, store.getState().brush);
    ink.show(spots);
  }

  function finish(): void {
    const spots = stroke.current;
    stroke.current = [];
    setDrawing(false);
    if (spots.length === 0 || !canvas.current || !before.current) return;
    [before.current] = copyOf(canvas.current);
    const { masks, last } = own.current;
    const file = maskFile(canvas.current);
    const kept = last.then(async () => {
      masks.add(await file);
      return store.getState().setMask(region.id, await file);
    });
    own.current.last = kept.then(
      () => undefined,
      () => undefined, // one that cannot be written does not keep the next one back
    );
    ink.settle(spots, kept);
  }

  function spotOf({ nativeEvent, currentTarget }: PointerEvent<HTMLCanvasElement>): Spot {
    const { clientWidth, clientHeight } = currentTarget;
    const at = { x: nativeEvent.offsetX / clientWidth, y: nativeEvent.offsetY / clientHeight };
    setCursor(at);
    return { x: at.x * size.width, y: at.y * size.height };
  }

  function onKeyDown(event: KeyboardEvent): void {
    const { size: diameter, erases } = brush;
    const { setBrush } = store.getState();
    const far = event.shiftKey ? 4 * STEP : STEP;
    const at = cursor ?? { x: 0.5, y: 0.5 };
    const move = (x: number, y: number) => () =>
      setCursor({ x: Math.min(1, Math.max(0, at.x + x)), y: Math.min(1, Math.max(0, at.y + y)) });
    const act = {
      ArrowLeft: move(-far, 0),
      ArrowRight: move(far, 0),
      ArrowUp: move(0, -far),
      ArrowDown: move(0, far),
      ' ': () => dab(at),
      Enter: () => dab(at),
      '[': () => setBrush({ size: Math.max(1, diameter - 2) }),
      ']': () => setBrush({ size: Math.min(60, diameter + 2) }),
      e: () => setBrush({ erases: !erases }),
      Escape: () => store.getState().paint(false),
    }[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  /** One dot, by key. */
  function dab({ x, y }: Spot): void {
    setCursor({ x, y });
    stroke.current = [{ x: x * size.width, y: y * size.height }];
    show(stroke.current);
    finish();
  }

  const place = {
    width: frame.width * scale,
    height: frame.height * scale,
    transform: `translate(${corner.x}px, ${corner.y}px)`,
  };
  const diameter = (brush.size / 100) * Math.max(place.width, place.height);
  return (
    <>
      <canvas ref={ink.canvas} className="ink-layer" aria-hidden="true" style={place} />
      <canvas
        ref={canvas}
        className="paint-layer"
        data-paint
        data-drawing={drawing}
        data-inked={ink.ready}
        data-erasing={brush.erases}
        width={size.width}
        height={size.height}
        style={place}
        tabIndex={0}
        role="application"
        aria-label="Painting: arrows move the brush, Space paints, E erases, brackets change its size, Escape ends"
        onPointerDown={(event) => {
          if (event.button !== 0 || !event.isPrimary) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          stroke.current = [spotOf(event)];
          setDrawing(true);
          show(stroke.current);
        }}
        onPointerMove={(event) => {
          const spot = spotOf(event);
          if (stroke.current.length === 0) return;
          stroke.current.push(spot);
          show(stroke.current);
        }}
        onPointerUp={finish}
        onPointerCancel={finish}
        onPointerLeave={() => setCursor(null)}
        onFocus={() => setCursor((at) => at ?? { x: 0.5, y: 0.5 })}
        onBlur={() => setCursor(null)}
        onKeyDown={onKeyDown}
      />
      {cursor && (
        <span
          className="brush-cursor"
          aria-hidden="true"
          style={{
            width: diameter,
            height: diameter,
            translate: `${corner.x + cursor.x * place.width - diameter / 2}px ${corner.y + cursor.y * place.height - diameter / 2}px`,
          }}
        />
      )}
    </>
  );
}
