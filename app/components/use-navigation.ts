import { useGesture } from '@use-gesture/react';
import type { KeyboardEvent, RefObject } from 'react';
import type { Size } from '../../src/pipeline/size';
import { centreAfterDrag, centreAfterZoom, scaleOf, type Point } from '../store/geometry';
import { useAppStore } from './use-app';

const STEP = 1.25; // zoom by one key or click
const PAN_STEP = 60; // CSS px by one key

/** Zooms and pans all panes together: wheel, pinch, drag and keys. */
export function useNavigation(target: RefObject<HTMLElement | null>, frame: Size, pane: Size) {
  const store = useAppStore();
  const scale = (): number => scaleOf(store.getState().zoom, frame, pane);

  function zoomTo(to: number, pointer: Point = { x: 0, y: 0 }): void {
    const { centre, setZoom } = store.getState();
    setZoom(to, centreAfterZoom(centre, scale(), to, pointer, frame));
  }

  function pan(by: Point): void {
    const { centre, setCentre } = store.getState();
    setCentre(centreAfterDrag(centre, by, scale(), frame));
  }

  /** From the middle of the pane under the pointer; panes beside each other share one coordinate. */
  function fromMiddle(x: number, y: number): Point {
    const under = document.elementFromPoint(x, y)?.closest('[data-pane]');
    const box = (under ?? target.current)?.getBoundingClientRect();
    return box ? { x: x - box.left - box.width / 2, y: y - box.top - box.height / 2 } : { x: 0, y: 0 };
  }

  useGesture(
    {
      onDrag: ({ delta: [x, y], event, cancel, pinching }) => {
        const onHandle =
          event.target instanceof Element && event.target.closest('[role=slider], [data-paint], button');
        if (pinching || onHandle || !isPicture(event.target) || store.getState().zoom === 'fit')
          return cancel();
        pan({ x, y });
      },
      onWheel: ({ event, delta: [, y] }) => {
        if (!isPicture(event.target)) return; // words and dials scroll with the page
        event.preventDefault();
        zoomTo(scale() * Math.exp(-y / 400), fromMiddle(event.clientX, event.clientY));
      },
      onPinch: ({ origin: [x, y], offset: [to], event }) => {
        event.preventDefault();
        zoomTo(to, fromMiddle(x, y));
      },
    },
    {
      target,
      eventOptions: { passive: false },
      drag: { filterTaps: true },
      wheel: { preventDefault: true },
      pinch: { from: () => [scale(), 0], scaleBounds: { min: 0.05, max: 16 } },
    },
  );

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target instanceof Element && event.target.closest('[role=slider]')) return;
    const act = {
      '+': () => zoomTo(scale() * STEP),
      '=': () => zoomTo(scale() * STEP),
      '-': () => zoomTo(scale() / STEP),
      '0': () => store.getState().setZoom('fit'),
      '1': () => zoomTo(1),
      ArrowLeft: () => pan({ x: PAN_STEP, y: 0 }),
      ArrowRight: () => pan({ x: -PAN_STEP, y: 0 }),
      ArrowUp: () => pan({ x: 0, y: PAN_STEP }),
      ArrowDown: () => pan({ x: 0, y: -PAN_STEP }),
    }[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  }

  return {
    onKeyDown,
    zoomIn: () => zoomTo(scale() * STEP),
    zoomOut: () => zoomTo(scale() / STEP),
    full: () => zoomTo(1),
    scale: scale(),
  };
}

function isPicture(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-pane]') !== null;
}
