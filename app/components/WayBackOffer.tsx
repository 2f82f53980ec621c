import { useRef } from 'react';
import type { WayBack } from '../store/way-back-slice';
import { useApp, useAppStore } from './use-app';
import { useFocusAfter } from './use-focus-after';

/** For a moment after a photo or a style of one's own went: what happened, and the way back. */
export function WayBackOffer() {
  const store = useAppStore();
  const words = useApp(({ wayBack }) => wayBack && wayBackWords(wayBack));
  const place = useRef<HTMLDivElement>(null);
  const beside = (): HTMLElement | null | undefined =>
    place.current?.parentElement?.querySelector<HTMLElement>('.view-tools button');
  useFocusAfter(words, () => (words === null ? beside() : null)); // the offer has gone
  return (
    <div ref={place} className="way-back" role="status">
      {words !== null && (
        <>
          <span>{words}</span>
          <button
            type="button"
            className="button"
            aria-label={`Undo: ${words}`}
            onClick={() => store.getState().goBack()}
          >
            Undo
          </button>
        </>
      )}
    </div>
  );
}

function wayBackWords({ after, name }: WayBack): string {
  switch (after) {
    case 'replaced':
      return 'Photo replaced';
    case 'cleared':
      return 'Photo cleared';
    case 'removed':
      return `Removed ${name}`;
    default:
      return after satisfies never;
  }
}
